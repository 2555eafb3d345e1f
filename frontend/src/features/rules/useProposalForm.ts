import { useState, type ReactNode } from 'react';
import type { OperationResult } from 'urql';
import type { ProposedFragment } from '@/features/access/access.generated';
import type { Unanswered } from '@/features/account/NotDone';
import type { RefusalFragment } from './rules.generated';
import { usePropose } from './usePropose';

/** What is wrong in a field, with the way out. */
export type Mistake<Field extends string> = { field: Field; text: string };

/** How a form that proposes something stands. */
export type ProposalState<Field extends string> = {
	/** How often it was tried to propose in vain. */
	attempts: number;
	/** What must be mended, as far as somebody has tried to propose. */
	shown: readonly Mistake<Field>[];
	/** What must be mended in a field. */
	wrong: (field: Field) => string | null;
	sending: boolean;
	/** Why it was not proposed, where that is about no field. */
	refusal: RefusalFragment | Unanswered | null;
	/** What was refused is being mended. */
	forget: () => void;
	submit: () => void;
	dialog: ReactNode;
};

/** Proposes what a form holds, once nothing in it must be mended. `mistakeOf`: a refusal as a mistake in the field it is about. */
export function useProposalForm<Field extends string, Proposal>(
	{ mistakes, proposal }: { mistakes: readonly Mistake<Field>[]; proposal: Proposal | null },
	sent: (proposal: Proposal) => Promise<OperationResult<{ answer: ProposedFragment }>>,
	mistakeOf: (code: string) => Mistake<Field> | null,
): ProposalState<Field> {
	const [attempts, setAttempts] = useState(0);
	const inVain = () => setAttempts((n) => n + 1);
	const { propose, sending, refusal, forget, dialog } = usePropose(sent, inVain);
	const refused = refusal && 'code' in refusal ? mistakeOf(refusal.code) : null;
	const shown = refused ? [refused] : attempts > 0 ? mistakes : [];
	return {
		attempts,
		shown,
		wrong: (field) => shown.find((mistake) => mistake.field === field)?.text ?? null,
		sending,
		refusal: refused ? null : refusal,
		forget,
		submit: () => {
			if (sending) return;
			forget();
			if (proposal) propose(proposal);
			else inVain();
		},
		dialog,
	};
}
