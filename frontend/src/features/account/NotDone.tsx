import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { problemIn } from '@/api/problem';
import { isSignedOut } from '@/api/signedOut';
import { Alert } from '@/components/Alert';
import { useSpeech, useTexts } from '@/i18n';
import { account } from '@/i18n/account';
import { SignInTab } from './SignInTab';

/** An operation that got no answer of its own. */
export type Unanswered = { error?: CombinedError | undefined };

/** Says that nothing was done since nobody is signed in, with the way to sign in. */
export function NotSignedIn() {
	const t = useTexts(account).idle;
	return (
		<Alert kind="error" title={t.notDoneTitle} live focused>
			<p>{t.notDone}</p>
			<SignInTab />
		</Alert>
	);
}

/**
 * Says why an operation got no answer: nobody is signed in, and then nothing was done; else what the server says is wrong; `otherwise`
 * where it says nothing, with `children` below.
 */
export function NotDone(props: Unanswered & { otherwise: string; children?: ReactNode }) {
	const { language } = useSpeech();
	if (isSignedOut(props.error)) return <NotSignedIn />;
	const said = problemIn(props.error, language);
	return (
		<Alert kind="error" title={said ?? props.otherwise} live focused>
			{!said && props.children}
		</Alert>
	);
}
