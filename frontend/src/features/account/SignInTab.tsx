import { isDemo } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { account } from '@/i18n/account';

/** Leads to signing in, in another tab, so that this page keeps what was typed on it. */
export function SignInTab() {
	const t = useTexts(account).idle;
	return (
		<a
			href={isDemo() ? '/sign-in' : '/sign-in?next=/signed-in'}
			target="_blank"
			className="button button-primary"
		>
			{t.action}
		</a>
	);
}
