import { useState } from 'react';
import type { OperationResult } from 'urql';
import { LineField } from '@/components/Field';
import type { ProposedFragment } from '@/features/access/access.generated';
import { ProposalForm } from './ProposalForm';
import { ReasonField } from './ReasonField';
import { useProposalForm } from './useProposalForm';
import {
	mistakeOfWhose,
	readWhose,
	type TypedWhose,
	type Whose,
	type WhoseField,
	type WhoseWords,
} from './whose';

/** A label before what is wrong with it; a question keeps its own mark. */
const named = (label: string, text: string) =>
	label.endsWith('?') ? `${label} ${text}` : `${label}: ${text}`;

const NOTHING: TypedWhose = { whose: null, cvr: '', reason: '', sure: false };

/** Proposes something for one organisation, by its CVR number, or for all; what is typed stays until it is proposed. */
export function WhoseForm(props: {
	/** Begins the ids of the fields. */
	id: string;
	t: WhoseWords;
	sent: (whose: Whose) => Promise<OperationResult<{ answer: ProposedFragment }>>;
	/** What it does cannot be undone. */
	warning?: boolean;
}) {
	const { t } = props;
	const [typed, setTyped] = useState(NOTHING);
	const { mistakes, whose } = readWhose(typed, t);
	const form = useProposalForm({ mistakes, proposal: whose }, props.sent, (code) =>
		mistakeOfWhose(code, typed, t),
	);
	const { wrong } = form;
	const idOf = (field: WhoseField) => `${props.id}-${field}`;
	const labels = { whose: t.whose, cvr: t.cvr, reason: t.reason, sure: null };
	const set = (part: Partial<TypedWhose>) => {
		form.forget();
		setTyped({ ...typed, ...part });
	};
	return (
		<ProposalForm
			form={form}
			t={t}
			warning={props.warning}
			items={form.shown.map(({ field, text }) => ({
				target: field === 'whose' ? `${idOf('whose')}-one` : idOf(field),
				text: labels[field] ? named(labels[field], text) : text,
			}))}
		>
			<WhoseChoice
				id={idOf('whose')}
				t={t}
				chosen={typed.whose}
				mistake={wrong('whose')}
				// What was ticked was ticked for the other.
				onChoose={(chosen) => set({ whose: chosen, sure: false })}
			/>
			{typed.whose === 'one' && (
				<LineField
					id={idOf('cvr')}
					label={t.cvr}
					hint={t.cvrHint}
					error={wrong('cvr')}
					value={typed.cvr}
					onChange={(cvr) => set({ cvr })}
				/>
			)}
			<ReasonField
				id={idOf('reason')}
				label={t.reason}
				hint={t.reasonHint}
				value={typed.reason}
				error={wrong('reason')}
				onChange={(reason) => set({ reason })}
			/>
			{t.sure && typed.whose && (
				<Sure
					id={idOf('sure')}
					label={t.sure[typed.whose]}
					error={wrong('sure')}
					checked={typed.sure}
					onChange={(sure) => set({ sure })}
				/>
			)}
		</ProposalForm>
	);
}

function WhoseChoice(props: {
	id: string;
	t: WhoseWords;
	chosen: TypedWhose['whose'];
	mistake: string | null;
	onChoose: (chosen: 'one' | 'all') => void;
}) {
	const { id, t, mistake } = props;
	return (
		<fieldset
			className={mistake ? 'form-group form-error' : 'form-group'}
			{...(mistake ? { 'aria-describedby': `${id}-error` } : {})}
		>
			<legend className="form-label">{t.whose}</legend>
			{mistake && (
				<span className="form-error-message" id={`${id}-error`}>
					{mistake}
				</span>
			)}
			{(['one', 'all'] as const).map((each) => (
				<div className="form-group-radio" key={each}>
					<input
						type="radio"
						className="form-radio"
						id={`${id}-${each}`}
						name={id}
						value={each}
						checked={props.chosen === each}
						onChange={() => props.onChoose(each)}
					/>
					<label htmlFor={`${id}-${each}`}>{t[each]}</label>
				</div>
			))}
		</fieldset>
	);
}

/** A box that is ticked on purpose. */
function Sure(props: {
	id: string;
	label: string;
	error: string | null;
	checked: boolean;
	onChange: (checked: boolean) => void;
}) {
	const { id, error } = props;
	return (
		<div className={error ? 'form-group form-error' : 'form-group'}>
			{error && (
				<span className="form-error-message" id={`${id}-error`}>
					{error}
				</span>
			)}
			<div className="form-group-checkbox">
				<input
					type="checkbox"
					className="form-checkbox"
					id={id}
					checked={props.checked}
					{...(error ? { 'aria-describedby': `${id}-error`, 'aria-invalid': true as const } : {})}
					onChange={(event) => props.onChange(event.target.checked)}
				/>
				<label htmlFor={id}>{props.label}</label>
			</div>
		</div>
	);
}
