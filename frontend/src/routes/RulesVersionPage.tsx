import { Link, useParams } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { BackLink } from '@/features/law/PackPage';
import { toHash } from '@/features/law/trial';
import { VersionMark, VersionNote } from '@/features/law/Versions';
import { Comparison } from '@/features/rules/Comparison';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { ProposeForm } from '@/features/rules/ProposeForm';
import { RulesVersionDocument, type RulesVersionQuery } from '@/features/rules/rules.generated';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { rules } from '@/i18n/rules';

/** A version on its way: what it changes, and proposing it. */
export function RulesVersionPage() {
	const t = useTexts(rules);
	const { version } = useParams({ from: '/rules/version/$version' });
	return (
		<OnlyAdministrators title={t.versionTitle({ version })}>
			<OneVersion key={version} version={version} />
		</OnlyAdministrators>
	);
}

function OneVersion({ version }: { version: string }) {
	const { m } = useSpeech();
	const [t, l] = [useTexts(rules), useTexts(law)];
	const [{ data, fetching, error, failed }, retry] = useLasting({
		query: RulesVersionDocument,
		variables: { version },
		requestPolicy: 'cache-and-network',
	});
	if (data?.packVersion) {
		return (
			<>
				<NotRefreshed failed={failed} onRetry={retry} />
				<VersionView found={data.packVersion} />
			</>
		);
	}
	if (fetching) return <Loading failure="" />;
	return (
		<>
			<BackLink to="/rules">{t.back}</BackLink>
			<PageTitle>{error ? m.notLoaded : m.notFound.title}</PageTitle>
			<Loading failed failure={error ? t.failed : l.noVersion} onRetry={retry} />
		</>
	);
}

function VersionView({ found }: { found: NonNullable<RulesVersionQuery['packVersion']> }) {
	const { say } = useSpeech();
	const t = useTexts(rules);
	const { version } = found;
	return (
		<div className="law">
			<BackLink to="/rules">{t.back}</BackLink>
			<PageTitle>{t.versionTitle({ version })}</PageTitle>
			<p className="page-meta">
				<span>{say(found.name)}</span>
				<VersionMark status={found.status} />
				<Link to="/law/$version" params={{ version }}>
					{t.readAll}
				</Link>
				<Link to="/law/try" hash={toHash({ version, facts: {} })}>
					{t.tryIt}
				</Link>
			</p>
			<VersionNote head={found} />
			<Comparison version={version} />
			<Proposing found={found} />
			<dl className="law-print">
				<dt>{t.sha}</dt>
				<dd className="hash">{found.contentSha256}</dd>
			</dl>
		</div>
	);
}

/** The form where the version can be proposed; else why it cannot. */
function Proposing({ found }: { found: NonNullable<RulesVersionQuery['packVersion']> }) {
	const t = useTexts(rules);
	const { status, change, version } = found;
	if (status === 'DRAFT') return <Alert kind="info" title={t.proposable} />;
	if (status === 'RECEIVED') {
		return (
			<section aria-labelledby="propose-title">
				<h2 id="propose-title">{t.proposeTitle}</h2>
				<ProposeForm version={version} />
			</section>
		);
	}
	if (!change) return null;
	return (
		<p>
			{status === 'PROPOSED' && t.alreadyOpen}{' '}
			<Link to="/rules/change/$id" params={{ id: change.id }}>
				{t.seeChange}
			</Link>
		</p>
	);
}
