import { useEffect } from 'react';
import { PageTitle } from '@/components/PageTitle';
import { tellSignedIn } from '@/features/account/signedIn';
import { useTexts } from '@/i18n';
import { account } from '@/i18n/account';

/** Where the tab ends up in which somebody showed again who they are; it tells the tab that waits. */
export function SignedInPage() {
	const t = useTexts(account).stepUp;
	useEffect(tellSignedIn, []);
	return (
		<>
			<PageTitle>{t.done}</PageTitle>
			<p className="lead">{t.doneText}</p>
		</>
	);
}
