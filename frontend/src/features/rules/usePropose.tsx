import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { OperationResult } from 'urql';
import type { ProposedFragment } from '@/features/access/access.generated';
import type { Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import type { RefusalFragment } from './rules.generated';

/** Sends a proposal, and goes to it. `onRefused` hears that it was refused; why, is in `refusal`. */
export function usePropose<Proposal>(
	sent: (proposal: Proposal) => Promise<OperationResult<{ answer: ProposedFragment }>>,
	onRefused: () => void,
): {
	propose: (proposal: Proposal) => void;
	sending: boolean;
	refusal: RefusalFragment | Unanswered | null;
	/** What was refused is being mended. */
	forget: () => void;
	dialog: ReactNode;
} {
	const navigate = useNavigate();
	const { ask, sending, dialog } = useStepUp();
	const [refusal, setRefusal] = useState<RefusalFragment | Unanswered | null>(null);
	const propose = (proposal: Proposal) =>
		ask(
			() => sent(proposal),
			({ data, error }) => {
				const answer = data?.answer;
				if (answer?.__typename === 'ChangeProposed') {
					return void navigate({ to: '/rules/change/$id', params: { id: answer.change.id } });
				}
				setRefusal(answer ?? { error });
				onRefused();
			},
		);
	return { propose, sending, refusal, forget: () => setRefusal(null), dialog };
}
