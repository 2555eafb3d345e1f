import { useState } from 'react';
import { useClient } from 'urql';
import type { WordsFragment } from '@/api/shared.generated';
import type { Unanswered } from '@/features/account/NotDone';
import { ConfirmSeverityDocument, type SeverityWholeFragment } from './severity.generated';

/** What came of the last attempt. */
export type Answer =
	| { kind: 'done'; level: WordsFragment }
	| { kind: 'conflict' | 'refused'; message: WordsFragment }
	| ({ kind: 'unanswered' } & Unanswered);

/** Sends a level with what is on the screen as its basis; a conflict brings the page up to date and keeps what was typed. */
export function useConfirm(incident: string, severity: SeverityWholeFragment, onChanged: () => void) {
	const client = useClient();
	const [answer, setAnswer] = useState<Answer | null>(null);
	const [sending, setSending] = useState(false);

	/** Whether the level holds now. */
	const confirm = async (level: number, justification: string): Promise<boolean> => {
		if (sending) return false;
		const input = {
			incident,
			level,
			justification: justification.trim() || null,
			expectedConfirmations: severity.confirmations.length,
			expectedProposal: severity.proposed.level,
		};
		setSending(true);
		setAnswer(null);
		const { data, error } = await client.mutation(ConfirmSeverityDocument, { input }).toPromise();
		setSending(false);
		const result = data?.confirmSeverity;
		switch (result?.__typename) {
			case 'SeverityConfirmed': {
				const chosen = severity.scale.find((each) => each.level === level);
				if (chosen) setAnswer({ kind: 'done', level: chosen.name });
				onChanged();
				return true;
			}
			case 'SeverityConflict':
				setAnswer({ kind: 'conflict', message: result.message });
				onChanged();
				return false;
			case 'SeverityRefused':
				setAnswer({ kind: 'refused', message: result.message });
				return false;
			default:
				setAnswer({ kind: 'unanswered', error });
				return false;
		}
	};
	return { answer, sending, confirm };
}
