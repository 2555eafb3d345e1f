import { useState } from 'react';
import type { OperationResult } from 'urql';
import { ErrorSummary } from '@/components/ErrorSummary';
import { LineField } from '@/components/Field';
import type { ProposedFragment } from '@/features/access/access.generated';
import { NotKnown } from './NotKnown';
import { ReasonField } from './ReasonField';
import { Refused } from './Refused';
import { usePropose } from './usePropose';
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
	const [attempts, setAttempts] = useState(0);
	const { propose, sending, refusal, forget, dialog } = usePropose(props.sent, () =>
		setAttempts((n) => n + 1),
	);
	const { mistakes, whose } = readWhose(typed, t);
	const refused = refusal && refusal !== 'offline' ? mistakeOfWhose(refusal.code, typed, t) : null;
	const shown = refused ? [refused] : attempts > 0 ? mistakes : [];
	const wrong = (field: WhoseField) => shown.find((mistake) => mistake.field === field)?.text ?? null;
	const idOf = (field: WhoseField) => `${props.id}-${field}`;
	const labels = { whose: t.whose, cvr: t.cvr, reason: t.reason, sure: null };
	const set = (part: Partial<TypedWhose>) => {
		forget();
		setTyped({ ...typed, ...part });
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (sending) return;
				forget();
				if (whose) propose(whose);
				else setAttempts((n) => n + 1);
			}}
		>
			<ErrorSummary
				key={attempts}
				title={t.fix}
				items={shown.map(({ field, text }) => ({
					target: field === 'whose' ? `${idOf('whose')}-one` : idOf(field),
					text: labels[field] ? named(labels[field], text) : text,
				}))}
			/>
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
			{refusal === 'offline' && <NotKnown />}
			{refusal && refusal !== 'offline' && !refused && <Refused refusal={refusal} />}
			<div className="actions">
				<button
					type="submit"
					className={`button ${props.warning ? 'button-warning' : 'button-primary'}`}
					aria-disabled={sending}
				>
					{sending ? t.sending : t.send}
				</button>
			</div>
			{dialog}
		</form>
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
