import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { Disclosure } from '@/components/Disclosure';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { AskForReinstatementDocument } from './access.generated';

/** Proposes to give a suspended right back. */
export function Reinstate({ id }: { id: string }) {
	const { say } = useSpeech();
	const t = useTexts(access);
	const client = useClient();
	const { ask, dialog } = useStepUp();
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const [sent, setSent] = useState<string | null>(null);
	const [problem, setProblem] = useState<{ refused: string } | Unanswered | null>(null);
	const send = () => {
		setTried(true);
		setProblem(null);
		if (!isReason(reason)) return;
		ask(
			() => client.mutation(AskForReinstatementDocument, { id, reason: reason.trim() }).toPromise(),
			({ data, error }) => {
				const answer = data?.requestReinstatement;
				if (answer?.__typename === 'ChangeProposed') setSent(answer.change.id);
				else setProblem(answer ? { refused: say(answer.message) } : { error });
			},
		);
	};
	if (sent) {
		return (
			<Alert kind="success" title={t.sent} live>
				<Link to="/rules/change/$id" params={{ id: sent }}>
					{t.seeProposal}
				</Link>
			</Alert>
		);
	}
	return (
		<Disclosure summary={t.reinstate}>
			<ReasonField
				id={`reinstate-${id}`}
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.length({ n: [...reason.trim()].length }) : null}
				onChange={setReason}
			/>
			{problem && 'refused' in problem && <Alert kind="error" title={problem.refused} live />}
			{problem && 'error' in problem && <NotDone {...problem} otherwise={t.notSent} />}
			<button type="button" className="button button-secondary" onClick={send}>
				{t.send}
			</button>
			{dialog}
		</Disclosure>
	);
}
