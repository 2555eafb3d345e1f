import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { onSignedOut } from '@/api/signedOut';
import { Alert } from '@/components/Alert';
import { StillSignedInDocument } from './account.generated';
import { useTexts } from '@/i18n';
import { account } from '@/i18n/account';
import { onSignedIn } from './signedIn';
import { SignInTab } from './SignInTab';

/** How often the server hears that somebody is at work who only reads or types. */
const TELL_EVERY_MS = 4 * 60_000;

/**
 * For people who are signed in: says that the session has ended, while the page keeps all that stands on it; signing in happens in another tab.
 * Somebody who is at work keeps the session: a key or a click counts as use.
 */
export function SignedOutBanner() {
	const t = useTexts(account).idle;
	const client = useClient();
	const [signedOut, setSignedOut] = useState(false);
	useEffect(() => onSignedOut(() => setSignedOut(true)), []);
	useEffect(() => onSignedIn(() => setSignedOut(false)), []);
	useEffect(() => {
		let told = Date.now();
		const tell = () => {
			if (Date.now() - told < TELL_EVERY_MS) return;
			told = Date.now();
			void client.query(StillSignedInDocument, {}, { requestPolicy: 'network-only' }).toPromise();
		};
		window.addEventListener('keydown', tell);
		window.addEventListener('pointerdown', tell);
		return () => {
			window.removeEventListener('keydown', tell);
			window.removeEventListener('pointerdown', tell);
		};
	}, [client]);
	if (!signedOut) return null;
	return (
		<div className="wrap">
			<Alert kind="warning" title={t.title} live>
				<p>{t.text}</p>
				<SignInTab />
			</Alert>
		</div>
	);
}
