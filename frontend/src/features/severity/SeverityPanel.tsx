import { useState } from 'react';
import { Alert } from '@/components/Alert';
import { Disclosure } from '@/components/Disclosure';
import { SeverityMark } from '@/components/SeverityMark';
import { NotDone } from '@/features/account/NotDone';
import { Reasons } from '@/features/assessment/Reasons';
import { useSpeech, useTexts } from '@/i18n';
import { severity as texts } from '@/i18n/severity';
import { LevelForm } from './LevelForm';
import type { SeverityWholeFragment } from './severity.generated';
import { SeverityState, useConfirmedWords } from './SeverityState';
import { useConfirm, type Answer } from './useConfirm';

/** How severe the incident is: what is proposed and why, what was confirmed, and ways to confirm for those who may. */
export function SeverityPanel(props: {
	incident: string;
	severity: SeverityWholeFragment;
	onChanged: () => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(texts);
	const { severity } = props;
	const { proposed, confirmations } = severity;
	const last = confirmations.at(-1) ?? null;
	return (
		<section aria-labelledby="severity-title" className="severity-panel">
			<h2 id="severity-title">{t.title}</h2>
			<p className="severity-now">
				<SeverityMark level={severity.level} name={severity.name} />
				<span className={last ? 'mark mark-LEAD' : 'mark'}>{last ? t.confirmedMark : t.proposed}</span>
			</p>
			<SeverityState confirmation={last} />
			{last?.justification && <p className="prose breakable">{t.because({ why: last.justification })}</p>}
			{last?.outdated && (
				<Alert kind="warning" title={t.outdated({ proposed: say(proposed.name) })}>
					<p>{t.outdatedText}</p>
				</Alert>
			)}
			<Disclosure summary={t.why({ proposed: say(proposed.name) })}>
				{proposed.because.length > 0 ? <Reasons because={proposed.because} /> : <p>{t.whyHidden}</p>}
			</Disclosure>
			<History earlier={confirmations.slice(0, -1)} />
			{severity.confirmable && <Confirming {...props} />}
		</section>
	);
}

function History({ earlier }: { earlier: SeverityWholeFragment['confirmations'] }) {
	const { say } = useSpeech();
	const t = useTexts(texts);
	const words = useConfirmedWords();
	if (earlier.length === 0) return null;
	return (
		<Disclosure summary={t.history}>
			<ul>
				{earlier.toReversed().map((made) => (
					<li key={made.at} className="breakable">
						<strong>{say(made.name)}</strong>: {words(made)}{' '}
						{made.justification && t.because({ why: made.justification })}
					</li>
				))}
			</ul>
		</Disclosure>
	);
}

/** One press for what is proposed, unless an authority has set another level; any other with a reason. */
function Confirming(props: { incident: string; severity: SeverityWholeFragment; onChanged: () => void }) {
	const { say } = useSpeech();
	const t = useTexts(texts);
	const { severity } = props;
	const { proposed, confirmation } = severity;
	const [isOpen, setOpen] = useState(false);
	const { answer, sending, confirm } = useConfirm(props.incident, severity, props.onChanged);
	const isSettled = confirmation && (!confirmation.outdated || confirmation.level !== proposed.level);
	return (
		<div className="no-print">
			<Outcome answer={answer} />
			<div className="actions">
				{!isSettled && (
					<button
						type="button"
						className="button button-primary"
						aria-disabled={sending}
						onClick={() => void confirm(proposed.level, '')}
					>
						{sending ? t.confirming : t.confirm({ level: say(proposed.name) })}
					</button>
				)}
				<button
					type="button"
					className="button button-secondary"
					aria-expanded={isOpen}
					onClick={() => setOpen(!isOpen)}
				>
					{t.other}
				</button>
			</div>
			{isOpen && (
				<LevelForm
					severity={severity}
					sending={sending}
					onSave={async (level, reason) => {
						if (await confirm(level, reason)) setOpen(false);
					}}
				/>
			)}
		</div>
	);
}

/** What came of it; nothing before the first attempt. */
function Outcome({ answer }: { answer: Answer | null }) {
	const { say } = useSpeech();
	const t = useTexts(texts);
	switch (answer?.kind) {
		case 'done':
			return <Alert kind="success" title={t.done({ level: say(answer.level) })} live focused />;
		case 'conflict':
			return (
				<Alert kind="error" title={t.conflict} live>
					<p className="breakable">{say(answer.message)}</p>
					<p>{t.conflictText}</p>
				</Alert>
			);
		case 'refused':
			return (
				<Alert kind="error" title={t.refused} live>
					<p>{say(answer.message)}</p>
				</Alert>
			);
		case 'unanswered':
			return <NotDone error={answer.error} otherwise={t.notSent} />;
		default:
			return null;
	}
}
