import { PageTitle } from '@/components/PageTitle';
import { ProposeRight } from '@/features/access/ProposeRight';
import { BackLink } from '@/features/law/PackPage';
import { SignInLink } from '@/features/session/SignInLink';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { account } from '@/i18n/account';

/** Asking for a right of one's own. */
export function RequestRightPage() {
	const { m } = useSpeech();
	const t = useTexts(access);
	const own = useTexts(account);
	const { viewer, fetching } = useViewer();
	return (
		<div className="law">
			<BackLink to="/account">{own.title}</BackLink>
			<PageTitle>{t.ask}</PageTitle>
			<p className="lead">{t.askText}</p>
			{!viewer && !fetching && (
				<>
					<p role="alert">{own.signedOut}</p>
					<SignInLink className="button button-primary">{m.common.signIn}</SignInLink>
				</>
			)}
			{viewer && (
				<ProposeRight holder={null} organisations={viewer.organisation ? [viewer.organisation] : []} />
			)}
		</div>
	);
}
