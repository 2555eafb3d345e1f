import { useId, useState } from 'react';
import { ErrorSummary } from '@/components/ErrorSummary';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { useSpeech, useTexts } from '@/i18n';
import { severity as texts } from '@/i18n/severity';
import type { SeverityWholeFragment } from './severity.generated';

/** Characters as people and the server count them. */
const lengthOf = (text: string) => [...text.trim()].length;

/** A level of the scale, with the reason that it needs when it is not the proposed one. */
export function LevelForm(props: {
	severity: SeverityWholeFragment;
	sending: boolean;
	onSave: (level: number, reason: string) => Promise<void>;
}) {
	const t = useTexts(texts);
	const id = useId();
	const { severity } = props;
	const [level, setLevel] = useState<number | null>(null);
	const [reason, setReason] = useState('');
	const [attempts, setAttempts] = useState(0);
	const tried = attempts > 0;
	const wrong = useMistakes(severity, level, reason);
	const items = [
		...(wrong.level ? [{ target: `${id}-0`, text: wrong.level }] : []),
		...(wrong.reason ? [{ target: `${id}-reason`, text: wrong.reason }] : []),
	];
	return (
		<form
			noValidate
			className="level-form"
			aria-label={t.other}
			onSubmit={(event) => {
				event.preventDefault();
				setAttempts(attempts + 1);
				if (level !== null && items.length === 0) void props.onSave(level, reason);
			}}
		>
			{tried && <ErrorSummary key={attempts} title={t.fix} items={items} />}
			<Levels id={id} {...{ severity, level, setLevel }} mistake={tried ? wrong.level : null} />
			<ReasonField
				id={`${id}-reason`}
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried ? wrong.reason : null}
				onChange={setReason}
			/>
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={props.sending}>
					{props.sending ? t.confirming : t.save}
				</button>
			</div>
		</form>
	);
}

function useMistakes(severity: SeverityWholeFragment, level: number | null, reason: string) {
	const t = useTexts(texts);
	const n = lengthOf(reason);
	const { proposed, confirmation } = severity;
	// Going back to the proposal from what an authority has set is a change like any other.
	const isSetAside = confirmation !== null && confirmation.level !== proposed.level;
	const isOptional = level === null || (level === proposed.level && !isSetAside);
	const short = !isOptional && !isReason(reason) ? t.reasonLength({ n }) : null;
	return {
		level: level === null ? t.levelNone : null,
		reason: isOptional && n > 2000 ? t.reasonLong({ n }) : short,
	};
}

function Levels(props: {
	id: string;
	severity: SeverityWholeFragment;
	level: number | null;
	setLevel: (level: number) => void;
	mistake: string | null;
}) {
	const { say } = useSpeech();
	const t = useTexts(texts);
	const { id, severity, mistake } = props;
	return (
		<fieldset
			className={mistake ? 'form-group form-error' : 'form-group'}
			{...(mistake ? { 'aria-describedby': `${id}-error` } : {})}
		>
			<legend className="form-label">{t.level}</legend>
			{mistake && (
				<span className="form-error-message" id={`${id}-error`}>
					{mistake}
				</span>
			)}
			{severity.scale.map((each, place) => (
				<div className="form-group-radio" key={each.level}>
					<input
						type="radio"
						className="form-radio"
						id={`${id}-${place}`}
						name={id}
						value={each.level}
						checked={props.level === each.level}
						aria-describedby={`${id}-${place}-meaning`}
						onChange={() => props.setLevel(each.level)}
					/>
					<label htmlFor={`${id}-${place}`}>
						{say(each.name)}
						{each.level === severity.proposed.level && ` (${t.isProposed.toLowerCase()})`}
					</label>
					<span className="form-hint level-meaning" id={`${id}-${place}-meaning`}>
						{say(each.meaning)}
					</span>
				</div>
			))}
		</fieldset>
	);
}
