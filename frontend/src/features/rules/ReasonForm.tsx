import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import { NotKnown } from './NotKnown';
import { isReason, ReasonField } from './ReasonField';
import { Refused } from './Refused';
import type { RefusalFragment } from './rules.generated';

/** What a server says to a proposal: the change that it has become, or why it has become none. */
type Answer =
	| { __typename: 'ChangeProposed'; change: { id: string } }
	| ({ __typename: 'ChangeRefused' } & RefusalFragment);

/** Proposes what stands above it, with a reason; where it became a change, that change is shown. */
export function ReasonForm(props: {
	id: string;
	label: string;
	reasonHint: string;
	propose: (reason: string) => Promise<Answer | undefined>;
}) {
	const t = useTexts(rules);
	const navigate = useNavigate();
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const [sending, setSending] = useState(false);
	const [refusal, setRefusal] = useState<RefusalFragment | 'offline' | null>(null);

	const send = async () => {
		setTried(true);
		setRefusal(null);
		if (!isReason(reason) || sending) return;
		setSending(true);
		const answer = await props.propose(reason.trim());
		setSending(false);
		if (!answer) return setRefusal('offline');
		if (answer.__typename === 'ChangeRefused') return setRefusal(answer);
		void navigate({ to: '/rules/change/$id', params: { id: answer.change.id } });
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<ReasonField
				id={`reason-${props.id}`}
				label={t.reason}
				hint={props.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.reasonLength({ n: [...reason.trim()].length }) : null}
				onChange={setReason}
			/>
			{refusal === 'offline' && <NotKnown />}
			{refusal && refusal !== 'offline' && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{props.label}
				</button>
			</div>
		</form>
	);
}
