import { useState, type ReactNode } from 'react';
import { serverNow } from '@/api/clock';
import { ErrorSummary } from '@/components/ErrorSummary';
import { LineField } from '@/components/Field';
import { ReasonField } from '@/features/rules/ReasonField';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import {
	emptyGrant,
	FUNCTIONS,
	readGrant,
	TEMPORARIES,
	type FunctionName,
	type Grant,
	type GrantDraft,
	type TemporaryName,
} from './draft';
import { ReachSelect, type ReachOptions } from './ReachSelect';

/** A right to propose for somebody, or to ask for oneself. What was typed stays until it was received. */
export function GrantForm(props: {
	reaches: ReachOptions;
	label: string;
	busy: boolean;
	onSend: (grant: Grant) => void;
	children?: ReactNode;
}) {
	const t = useTexts(access);
	const [draft, setDraft] = useState<GrantDraft>(emptyGrant);
	const [attempts, setAttempts] = useState(0);
	const tried = attempts > 0;
	const { mistakes, grant } = readGrant(draft, serverNow(), t);
	const set = (part: Partial<GrantDraft>) => setDraft((before) => ({ ...before, ...part }));
	const wrong = (target: string) => {
		const found = tried ? mistakes.find((mistake) => mistake.target === target) : undefined;
		return found ? found.text.slice(found.text.indexOf(': ') + 2) : null;
	};
	const send = () => {
		setAttempts((before) => before + 1);
		if (grant && !props.busy) props.onSend(grant);
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{tried && <ErrorSummary key={attempts} title={t.fix} items={mistakes} />}
			<FunctionBoxes
				chosen={draft.functions}
				error={wrong('function-READ')}
				onChange={(functions) => set({ functions })}
			/>
			<ReachSelect
				options={props.reaches}
				value={draft.reach}
				error={wrong('reach')}
				onChange={(reach) => set({ reach })}
			/>
			<ReasonField
				id="purpose"
				label={t.grantPurpose}
				hint={t.grantPurposeHint}
				value={draft.purpose}
				error={wrong('purpose')}
				onChange={(purpose) => set({ purpose })}
			/>
			<Window draft={draft} wrong={wrong} set={set} />
			<ReasonField
				id="grant-reason"
				label={t.reason}
				hint={t.reasonHint}
				value={draft.reason}
				error={wrong('grant-reason')}
				onChange={(reason) => set({ reason })}
			/>
			{props.children}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={props.busy}>
					{props.label}
				</button>
			</div>
		</form>
	);
}

function FunctionBoxes(props: {
	chosen: readonly FunctionName[];
	error: string | null;
	onChange: (chosen: FunctionName[]) => void;
}) {
	const t = useTexts(access);
	const { chosen, error } = props;
	return (
		<fieldset
			className={error ? 'form-group form-error' : 'form-group'}
			{...(error ? { 'aria-describedby': 'functions-error' } : {})}
		>
			<legend className="form-label">{t.grantFunctions}</legend>
			{error && (
				<span className="form-error-message" id="functions-error">
					{error}
				</span>
			)}
			{FUNCTIONS.map((name) => (
				<div key={name} className="form-group-checkbox">
					<input
						type="checkbox"
						className="form-checkbox"
						id={`function-${name}`}
						aria-describedby={`function-${name}-hint`}
						checked={chosen.includes(name)}
						onChange={() =>
							props.onChange(chosen.includes(name) ? chosen.filter((it) => it !== name) : [...chosen, name])
						}
					/>
					<label htmlFor={`function-${name}`}>{t.functions[name]}</label>
					<span className="form-hint function-hint" id={`function-${name}-hint`}>
						{t.functionHints[name]}
					</span>
				</div>
			))}
		</fieldset>
	);
}

function Window(props: {
	draft: GrantDraft;
	wrong: (target: string) => string | null;
	set: (part: Partial<GrantDraft>) => void;
}) {
	const t = useTexts(access);
	const { draft, wrong, set } = props;
	return (
		<>
			<div className="form-group">
				<label className="form-label" htmlFor="temporary">
					{t.grantTemporary}
				</label>
				<span className="form-hint" id="temporary-hint">
					{t.temporaryHint}
				</span>
				<select
					className="form-select"
					id="temporary"
					aria-describedby="temporary-hint"
					value={draft.temporary}
					onChange={(event) => set({ temporary: event.target.value as TemporaryName | '' })}
				>
					<option value="">{t.notTemporary}</option>
					{TEMPORARIES.map((name) => (
						<option key={name} value={name}>
							{t.temporaries[name]}
						</option>
					))}
				</select>
			</div>
			<LineField
				id="from"
				label={t.grantFrom}
				hint={t.grantFromHint}
				error={wrong('from')}
				value={draft.from}
				onChange={(from) => set({ from })}
			/>
			<LineField
				id="until"
				label={t.grantUntil}
				hint={t.grantUntilHint}
				error={wrong('until')}
				value={draft.until}
				onChange={(until) => set({ until })}
			/>
		</>
	);
}
