import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { EndSessionsOfPersonDocument, PersonHasLeftDocument } from './access.generated';

/** Signing a person out everywhere, and closing everything when they have left. */
export function CloseAccess(props: { person: { id: string; name: string }; onDone: () => void }) {
	const t = useTexts(access);
	const client = useClient();
	const { ask, dialog } = useStepUp();
	const confirm = useRef<HTMLDialogElement>(null);
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const [outcome, setOutcome] = useState<{ done: string } | Unanswered | null>(null);
	const { person, onDone } = props;
	const end = () => {
		setOutcome(null);
		ask(
			() => client.mutation(EndSessionsOfPersonDocument, { person: person.id }).toPromise(),
			({ data, error }) => setOutcome(data ? { done: t.sessionsEnded } : { error }),
		);
	};
	const leave = () => {
		setOutcome(null);
		const input = { person: person.id, reason: reason.trim() };
		ask(
			() => client.mutation(PersonHasLeftDocument, { input }).toPromise(),
			({ data, error }) => {
				const left = data?.personHasLeft;
				if (!left) return setOutcome({ error });
				const { authorisations: rights, sessions, tokens } = left;
				setOutcome({ done: t.leaveDone({ rights, sessions, tokens }) });
				onDone();
			},
		);
	};
	return (
		<section aria-labelledby="close-title" className="no-print">
			<h2 id="close-title">{t.leave}</h2>
			<p className="prose">{t.leaveText}</p>
			<ReasonField
				id="leave-reason"
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.length({ n: [...reason.trim()].length }) : null}
				onChange={setReason}
			/>
			<button
				type="button"
				className="button button-warning"
				onClick={() => {
					setTried(true);
					if (isReason(reason)) confirm.current?.showModal();
					else document.getElementById('leave-reason')?.focus();
				}}
			>
				{t.leave}
			</button>
			<ConfirmDialog
				ref={confirm}
				question={t.leaveSure({ name: person.name })}
				yes={t.leaveYes}
				no={t.cancel}
				onYes={leave}
			>
				<p>{t.leaveText}</p>
			</ConfirmDialog>
			<h3>{t.endSessions}</h3>
			<p className="prose">{t.endSessionsText}</p>
			<button type="button" className="button button-secondary" onClick={end}>
				{t.endSessions}
			</button>
			{outcome && 'done' in outcome && <Alert kind="success" title={outcome.done} live focused />}
			{outcome && 'error' in outcome && <NotDone {...outcome} otherwise={t.notSent} />}
			{dialog}
		</section>
	);
}
