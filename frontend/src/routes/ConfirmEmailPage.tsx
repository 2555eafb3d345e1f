import { useState } from 'react';
import { Alert } from '@/components/Alert';
import { PageTitle } from '@/components/PageTitle';
import { send, type Answer } from '@/features/local/api';
import { useWords } from '@/features/local/words';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';

/** Where the link to a new email address leads. A button, so that a mail scanner that opens links confirms nothing. */
export function ConfirmEmailPage() {
	const texts = useTexts(local);
	const words = useWords();
	const [token] = useState(() => window.location.hash.slice(1));
	const [answer, setAnswer] = useState<Answer<null> | null>(null);
	const done = answer !== null && !answer.problem;
	return (
		<>
			<PageTitle>{texts.email.title}</PageTitle>
			{!token && <p role="alert">{texts.welcome.noLink}</p>}
			{answer?.problem && <Alert kind="error" title={words(answer.problem)} live />}
			{done && <Alert kind="success" title={texts.email.done} live />}
			{token && !done && (
				<>
					<p className="lead">{texts.email.lead}</p>
					<button
						type="button"
						className="button button-primary"
						onClick={() => void send<null>('/local/link/email', { token }).then(setAnswer)}
					>
						{texts.email.action}
					</button>
				</>
			)}
		</>
	);
}
