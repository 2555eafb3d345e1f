import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { AccountDocument, type OwnSessionFragment } from '@/features/account/account.generated';
import { OwnRights } from '@/features/access/OwnRights';
import { OwnAttempts } from '@/features/attempts/OwnAttempts';
import { Sessions } from '@/features/account/Sessions';
import { WaysIn } from '@/features/local/WaysIn';
import { SignInLink } from '@/features/session/SignInLink';
import { useViewer, type Viewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { account } from '@/i18n/account';
import { moment } from '@/i18n/format';

/** One's own account: who one is to Varsel and why, and where one is signed in. */
export function AccountPage() {
	const { m } = useSpeech();
	const t = useTexts(account);
	const { viewer, fetching } = useViewer();
	const [{ data, error }, reload] = useLasting({
		query: AccountDocument,
		requestPolicy: 'network-only',
		pause: !viewer,
	});
	if (!viewer && !fetching) {
		return (
			<>
				<PageTitle>{t.title}</PageTitle>
				<p role="alert">{t.signedOut}</p>
				<SignInLink className="button button-primary">{m.common.signIn}</SignInLink>
			</>
		);
	}
	const current = data?.mySessions.find((session) => session.current);
	if (!viewer || !data || !current) {
		return <Loading failed={Boolean(error)} failure={t.failed} onRetry={reload} />;
	}
	return (
		<>
			<PageTitle>{t.title}</PageTitle>
			<Who viewer={viewer} session={current} />
			<OwnRights />
			<WaysIn />
			<Sessions sessions={data.mySessions} onEnded={reload} />
			<OwnAttempts />
		</>
	);
}

function Who({ viewer, session }: { viewer: Viewer; session: OwnSessionFragment }) {
	const { language, say } = useSpeech();
	const t = useTexts(account);
	const now = useNow();
	const { provider, assurance, authenticatedAt } = session;
	const own = Object.entries(t.assurances).find(([how]) => how === assurance)?.[1];
	return (
		<section aria-labelledby="who-title">
			<h2 id="who-title">{t.who}</h2>
			<dl className="answers">
				<Line name={t.name}>{viewer.name}</Line>
				<Line name={t.role}>{t.roles[viewer.role]}</Line>
				{viewer.organisation && <Line name={t.organisation}>{viewer.organisation.name}</Line>}
				{viewer.unit && <Line name={t.unit}>{say(viewer.unit.name)}</Line>}
				<Line name={t.provider}>{provider ? say(provider) : t.demo}</Line>
				<Line name={t.assurance}>{assurance ? (own ?? level(assurance)) : t.notSaid}</Line>
				<Line name={t.authenticatedAt}>
					{authenticatedAt ? moment(new Date(authenticatedAt), language, now) : t.notSaid}
				</Line>
			</dl>
			{provider && !own && <p>{t.fromProvider}</p>}
		</section>
	);
}

/** Levels are addresses; their last part is the word. */
const level = (assurance: string) => assurance.split('/').at(-1) ?? assurance;

function Line({ name, children }: { name: string; children: string }) {
	return (
		<div className="answers-row">
			<dt>{name}</dt>
			<dd className="answer">{children}</dd>
		</div>
	);
}
