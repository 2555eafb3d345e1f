import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useArrival } from '@/components/useArrival';
import { useNow } from '@/components/useNow';
import { ChangeList } from '@/features/rules/ChangeList';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { ReceiveForm } from '@/features/rules/ReceiveForm';
import { RulesDocument, type RulesQuery } from '@/features/rules/rules.generated';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { providers } from '@/i18n/providers';
import { rules } from '@/i18n/rules';
import { settings } from '@/i18n/settings';

/** Where the rules' keepers work: what waits for a decision, what was received, and receiving a new version. */
export function RulesPage() {
	const t = useTexts(rules);
	const [access, critical] = [useTexts(providers), useTexts(settings)];
	return (
		<OnlyAdministrators title={t.title}>
			<div className="law">
				<PageTitle>{t.title}</PageTitle>
				<p className="lead">{t.lead}</p>
				<p>
					<Link to="/providers">{access.title}</Link>
				</p>
				<p>
					<Link to="/settings">{critical.title}</Link>
				</p>
				<Changes />
			</div>
		</OnlyAdministrators>
	);
}

function Changes() {
	const t = useTexts(rules);
	const [pages, setPages] = useState<readonly (string | null)[]>([null]);
	const [{ data, fetching, error, failed }, retry] = useLasting({
		query: RulesDocument,
		variables: { after: null },
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />;
	}
	const open = data.changes.nodes.filter(({ status }) => status === 'OPEN');
	return (
		<>
			<NotRefreshed failed={failed} onRetry={retry} />
			<section aria-labelledby="open-title">
				<h2 id="open-title">{t.open}</h2>
				{open.length > 0 ? <ChangeList changes={open} caption={t.open} waiting /> : <p>{t.openNone}</p>}
			</section>
			<Waiting versions={data.packVersions} />
			<section aria-labelledby="receive-title">
				<h2 id="receive-title">{t.receiveTitle}</h2>
				<ReceiveForm />
			</section>
			<section aria-labelledby="past-title">
				<h2 id="past-title">{t.past}</h2>
				{pages.map((after, index) => (
					<PastPage
						key={after}
						after={after}
						last={index === pages.length - 1}
						onMore={(cursor) => setPages((shown) => [...shown, cursor])}
					/>
				))}
			</section>
		</>
	);
}

/** Decided changes, a page at a time. */
function PastPage(props: { after: string | null; last: boolean; onMore: (cursor: string) => void }) {
	const t = useTexts(rules);
	const [{ data }] = useQuery({ query: RulesDocument, variables: { after: props.after } });
	const arrival = useArrival<HTMLDivElement>(props.after !== null && Boolean(data));
	if (!data) return <Loading failure="" />;
	const { nodes, pageInfo } = data.changes;
	const past = nodes.filter(({ status }) => status !== 'OPEN');
	const { endCursor } = pageInfo;
	return (
		<div {...arrival}>
			{past.length > 0 && <ChangeList changes={past} caption={t.past} waiting={false} />}
			{past.length === 0 && props.after === null && <p>{t.pastNone}</p>}
			{props.last && pageInfo.hasNextPage && endCursor && (
				<button type="button" className="button button-secondary" onClick={() => props.onMore(endCursor)}>
					{t.more}
				</button>
			)}
		</div>
	);
}

function Waiting({ versions }: { versions: RulesQuery['packVersions'] }) {
	const { say, language } = useSpeech();
	const t = useTexts(rules);
	const now = useNow();
	const waiting = versions.filter(({ status }) => status === 'RECEIVED');
	return (
		<section aria-labelledby="waiting-title">
			<h2 id="waiting-title">{t.waitingTitle}</h2>
			{waiting.length === 0 && <p>{t.waitingNone}</p>}
			{waiting.length > 0 && (
				<ul className="cards">
					{waiting.map((each) => (
						<li key={each.version} className="card">
							<Link to="/rules/version/$version" params={{ version: each.version }} className="card-title">
								{each.version}
							</Link>
							<p>
								{say(each.name)}
								<br />
								{t.received} {moment(new Date(each.receivedAt), language, now)}
							</p>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
