import type { ReactNode } from 'react';
import { useSpeech } from '@/i18n';
import type { Typed } from './answers';
import { ChoiceField } from './fields/ChoiceField';
import { ChoicesField } from './fields/ChoicesField';
import { MomentField } from './fields/MomentField';
import { fieldId, isGroup, isRadio, type FieldProps } from './fields/shared';
import { NumberField, TextField } from './fields/WordField';
import type { CatalogueFactFragment } from './report.generated';

const nothing: Typed = {};

/** One question with its help, its error and its field. Every question can be answered "not known yet". */
export function QuestionField(props: {
	fact: CatalogueFactFragment;
	typed: Typed | undefined;
	error: string | undefined;
	warning: string | undefined;
	onChange: (typed: Typed | null) => void;
}) {
	const { say, m } = useSpeech();
	const { fact, error } = props;
	const typed = props.typed ?? nothing;
	const id = fieldId(fact.id);
	const help = fact.help && `${id}-help`;
	const problem = error && `${id}-error`;
	const field: FieldProps = {
		fact,
		typed,
		id,
		describedBy: [help, problem].filter(Boolean).join(' ') || undefined,
		invalid: Boolean(error),
		onChange: (next) => props.onChange(isEmpty(next) ? null : next),
	};
	const inner = (
		<>
			{fact.help && (
				<span className="form-hint" id={`${id}-help`}>
					{say(fact.help)}
				</span>
			)}
			{error && (
				<span className="form-error-message" id={`${id}-error`}>
					<span className="sr-only">{m.common.errorTitle}</span>
					{error}
				</span>
			)}
			{fieldOf(field)}
			{!isRadio(fact) && <UnknownBox {...field} />}
			{props.warning && <p className="question-warning">{props.warning}</p>}
		</>
	);
	return (
		<div className={`question form-group${error ? ' form-error' : ''}`}>
			{wrap(fact, id, say(fact.label), field.describedBy, inner)}
		</div>
	);
}

function wrap(
	fact: CatalogueFactFragment,
	id: string,
	label: string,
	describedBy: string | undefined,
	inner: ReactNode,
) {
	if (isGroup(fact)) {
		return (
			<fieldset aria-describedby={describedBy}>
				<legend className="form-label">{label}</legend>
				{inner}
			</fieldset>
		);
	}
	return (
		<>
			<label className="form-label" htmlFor={id}>
				{label}
			</label>
			{inner}
		</>
	);
}

function fieldOf(field: FieldProps) {
	switch (field.fact.type) {
		case 'BOOL':
		case 'ENUM':
			return <ChoiceField {...field} />;
		case 'SET':
		case 'COUNTRIES':
			return <ChoicesField {...field} />;
		case 'INSTANT':
			return <MomentField {...field} />;
		case 'TEXT':
			return <TextField {...field} />;
		default:
			return <NumberField {...field} />;
	}
}

/** What is in the fields stays there while the box is ticked, and comes back when it is not. */
function UnknownBox({ id, typed, onChange }: FieldProps) {
	const { m } = useSpeech();
	const { unknown, ...rest } = typed;
	return (
		<div className="form-group-checkbox question-unknown">
			<input
				type="checkbox"
				className="form-checkbox"
				id={`${id}-unknown`}
				checked={unknown === true}
				onChange={(event) => onChange(event.target.checked ? { ...rest, unknown: true } : rest)}
			/>
			<label htmlFor={`${id}-unknown`}>{m.report.unknown}</label>
		</div>
	);
}

function isEmpty(typed: Typed): boolean {
	const moment = typed.moment ? Object.values(typed.moment).some(Boolean) : false;
	return !typed.unknown && !typed.text && !typed.choice && !typed.choices?.length && !moment;
}
