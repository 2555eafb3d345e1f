import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useClient, type OperationResult } from 'urql';
import { useStepUp } from '@/features/account/useStepUp';
import type { RefusalFragment } from '@/features/rules/rules.generated';
import type { Deed, Hold } from './hold';
import { ProposeHoldDocument, ProposeLiftDocument, type ProposeHoldMutation } from './retention.generated';

/** Sends a proposal, and goes to it. `onRefused` hears that it was refused; why, is in `refusal`. */
export function useProposeHold(
	deed: Deed,
	onRefused: () => void,
): {
	propose: (hold: Hold) => void;
	sending: boolean;
	refusal: RefusalFragment | 'offline' | null;
	/** What was refused is being mended. */
	forget: () => void;
	dialog: ReactNode;
} {
	const navigate = useNavigate();
	const client = useClient();
	const { ask, dialog } = useStepUp();
	const [sending, setSending] = useState(false);
	const [refusal, setRefusal] = useState<RefusalFragment | 'offline' | null>(null);
	const sent = ({ number, until, reason }: Hold): Promise<OperationResult<ProposeHoldMutation>> =>
		deed === 'place'
			? client.mutation(ProposeHoldDocument, { input: { number, until, reason } }).toPromise()
			: client.mutation(ProposeLiftDocument, { input: { number, reason } }).toPromise();
	const send = async (hold: Hold) => {
		setSending(true);
		const result = await sent(hold);
		setSending(false);
		return result;
	};
	const propose = (hold: Hold) =>
		ask(
			() => send(hold),
			({ data }) => {
				const answer = data?.answer;
				if (answer?.__typename === 'ChangeProposed') {
					return void navigate({ to: '/rules/change/$id', params: { id: answer.change.id } });
				}
				setRefusal(answer ?? 'offline');
				onRefused();
			},
		);
	return { propose, sending, refusal, forget: () => setRefusal(null), dialog };
}
