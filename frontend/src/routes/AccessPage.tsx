import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useArrival } from '@/components/useArrival';
import { RightsDocument, type HeldRightFragment } from '@/features/access/access.generated';
import { FindPerson } from '@/features/access/FindPerson';
import { ForKeepers } from '@/features/access/Gate';
import { Moved } from '@/features/access/Moved';
import {
	csvAddress,
	emptySearch,
	filterOf,
	RightsFilters,
	type RightsSearch,
} from '@/features/access/RightsFilters';
import { RightsTable } from '@/features/access/RightsTable';
import { useSelection } from '@/features/access/useSelection';
import { Withdraw } from '@/features/access/Withdraw';
import { isInvestigator, useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { compliance } from '@/i18n/compliance';
import { keys } from '@/i18n/keys';
import { local } from '@/i18n/local';
import { providers } from '@/i18n/providers';
import { retention } from '@/i18n/retention';
import { settings } from '@/i18n/settings';

/** Where rights are kept: who may do what, when they last did, and withdrawing what is not needed any more. */
export function AccessPage() {
	const t = useTexts(access);
	return (
		<ForKeepers title={t.title}>
			<div className="law">
				<PageTitle>{t.title}</PageTitle>
				<p className="lead">{t.lead}</p>
				<Places />
				<Moved />
				<FindPerson />
				<Rights />
			</div>
		</ForKeepers>
	);
}

/** What else is kept here; accounts are for those who make them. */
function Places() {
	const t = useTexts(access);
	const { m } = useSpeech();
	const { viewer } = useViewer();
	const [provider, critical] = [useTexts(providers), useTexts(settings)];
	const account = useTexts(local);
	const [kept, vault, reporting] = [useTexts(retention), useTexts(keys), useTexts(compliance)];
	const administers = viewer?.functions.includes('ADMINISTER');
	return (
		<nav aria-label={t.places} className="law-toc">
			<ul>
				<li>
					<Link to="/access/reviews">{t.reviews}</Link>
				</li>
				<li>
					<Link to="/attempts">{m.common.attempts}</Link>
				</li>
				{isInvestigator(viewer) && (
					<li>
						<Link to="/uses">{m.common.uses}</Link>
					</li>
				)}
				<li>
					<Link to="/retention">{kept.title}</Link>
				</li>
				<li>
					<Link to="/keys">{vault.title}</Link>
				</li>
				<li>
					<Link to="/settings">{critical.title}</Link>
				</li>
				<li>
					<Link to="/compliance">{reporting.title}</Link>
				</li>
				<li>
					<Link to="/providers">{provider.title}</Link>
				</li>
				{administers && (
					<li>
						<Link to="/accounts">{account.accounts.title}</Link>
					</li>
				)}
			</ul>
		</nav>
	);
}

function Rights() {
	const t = useTexts(access);
	const [search, setSearch] = useState<RightsSearch>(emptySearch);
	const [pages, setPages] = useState<readonly (string | null)[]>([null]);
	return (
		<section aria-labelledby="rights-title">
			<h2 id="rights-title">{t.rightsOf}</h2>
			<RightsFilters
				search={search}
				onApply={(next) => {
					setSearch(next);
					setPages([null]);
				}}
			/>
			<p>
				<a href={csvAddress(search)} download>
					{t.csv}
				</a>
			</p>
			{pages.map((after, index) => (
				<RightsPage
					key={`${JSON.stringify(search)}/${after}`}
					search={search}
					after={after}
					last={index === pages.length - 1}
					onMore={(cursor) => setPages((shown) => [...shown, cursor])}
				/>
			))}
		</section>
	);
}

function RightsPage(props: {
	search: RightsSearch;
	after: string | null;
	last: boolean;
	onMore: (cursor: string) => void;
}) {
	const t = useTexts(access);
	const [{ data, fetching, error, failed }, load] = useLasting({
		query: RightsDocument,
		variables: { filter: filterOf(props.search), after: props.after },
		requestPolicy: 'cache-and-network',
	});
	const found = data?.authorisations;
	const arrival = useArrival<HTMLDivElement>(props.after !== null && Boolean(found));
	if (!found) return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={load} />;
	const { endCursor, hasNextPage } = found.pageInfo;
	return (
		<div {...arrival}>
			<NotRefreshed failed={failed} onRetry={load} />
			{props.after === null && <p role="status">{t.total({ n: found.totalCount })}</p>}
			{found.nodes.length > 0 ? <Selectable rights={found.nodes} onDone={load} /> : <p>{t.none}</p>}
			{props.last && hasNextPage && endCursor && (
				<button type="button" className="button button-secondary" onClick={() => props.onMore(endCursor)}>
					{t.more}
				</button>
			)}
		</div>
	);
}

function Selectable({ rights, onDone }: { rights: readonly HeldRightFragment[]; onDone: () => void }) {
	const t = useTexts(access);
	const selection = useSelection(rights.filter(({ withdrawable }) => withdrawable).map(({ id }) => id));
	return (
		<>
			<RightsTable rights={rights} caption={t.rightsOf} holders selection={selection} />
			<Withdraw selection={selection} onDone={onDone} />
		</>
	);
}
