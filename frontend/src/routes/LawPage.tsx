import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { VersionsDocument, type VersionHeadFragment } from '@/features/law/law.generated';
import { VersionTable } from '@/features/law/Versions';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { law } from '@/i18n/law';

/** The rules, for everybody: which version is in force, all versions, and the way to try them. */
export function LawPage() {
	const t = useTexts(law);
	const [{ data, fetching, error }, again] = useQuery({
		query: VersionsDocument,
		requestPolicy: 'cache-and-network',
	});
	const versions = data?.packVersions;
	const now = versions?.find(({ status }) => status === 'IN_FORCE');
	return (
		<div className="law">
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{t.lead}</p>
			{versions ? (
				<>
					<div className="law-doors">
						{now && <InForce head={now} />}
						<section className="law-door" aria-labelledby="try-title">
							<h2 id="try-title">{t.tryTitle}</h2>
							<p>{t.tryText}</p>
							<Link to="/law/try" className="button button-secondary">
								{t.tryAction}
							</Link>
						</section>
					</div>
					<section aria-labelledby="versions-title">
						<h2 id="versions-title">{t.versions}</h2>
						<p className="prose">{t.versionsText}</p>
						<VersionTable versions={versions} />
					</section>
				</>
			) : (
				<Loading
					failed={Boolean(error) && !fetching}
					failure={t.failed}
					onRetry={() => again({ requestPolicy: 'network-only' })}
				/>
			)}
		</div>
	);
}

function InForce({ head }: { head: VersionHeadFragment }) {
	const { language } = useSpeech();
	const t = useTexts(law);
	const now = useNow();
	return (
		<section className="law-door" aria-labelledby="now-title">
			<h2 id="now-title">{t.nowTitle}</h2>
			<p>
				<strong>
					{t.version} {head.version}
				</strong>
				{head.inForceFrom && (
					<>
						<br />
						{t.since({ when: moment(new Date(head.inForceFrom), language, now) })}
					</>
				)}
			</p>
			<Link to="/law/$version" params={{ version: head.version }} className="button button-primary">
				{t.read({ version: head.version })}
				<Icon name="arrow" />
			</Link>
		</section>
	);
}
