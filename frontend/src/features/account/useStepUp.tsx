import { useState, type ReactNode } from 'react';
import type { CombinedError, OperationResult } from 'urql';
import { needsStepUp } from './stepUp';
import { StepUpDialog } from './StepUpDialog';

/** What became of a sensitive operation. */
export type Attempt<Data> = { data: Data | undefined; error: CombinedError | undefined };

/**
 * Sends an operation that the server may want a fresh sign-in for. `ask` sends it; where a fresh sign-in is needed,
 * `dialog` asks for one and then sends it again. `learn` hears what became of it in the end, never of the detour, and nothing
 * where it is given up; `sending` is over then, too.
 */
export function useStepUp(): {
	ask: <Data>(send: () => Promise<OperationResult<Data>>, learn: (attempt: Attempt<Data>) => void) => void;
	sending: boolean;
	dialog: ReactNode;
} {
	const [again, setAgain] = useState<{ go: () => void } | null>(null);
	const [sending, setSending] = useState(false);
	const ask = <Data,>(
		send: () => Promise<OperationResult<Data>>,
		learn: (attempt: Attempt<Data>) => void,
	) => {
		setAgain(null);
		setSending(true);
		void send().then(({ data, error }) => {
			setSending(false);
			if (needsStepUp(error)) setAgain({ go: () => ask(send, learn) });
			else learn({ data, error });
		});
	};
	const dialog = again && <StepUpDialog onDone={again.go} onCancel={() => setAgain(null)} />;
	return { ask, sending, dialog };
}
