import { Link, useParams } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { NothingHere } from '@/components/NothingHere';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import {
	OnePersonDocument,
	type HeldRightFragment,
	type OnePersonQuery,
} from '@/features/access/access.generated';
import { CloseAccess } from '@/features/access/CloseAccess';
import { ForKeepers } from '@/features/access/Gate';
import { ProposeRight } from '@/features/access/ProposeRight';
import { RightsTable } from '@/features/access/RightsTable';
import { useSelection } from '@/features/access/useSelection';
import { Withdraw } from '@/features/access/Withdraw';
import { BackLink } from '@/features/law/PackPage';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** A person for whoever administers there: their rights, a further one, and the end of all of them. */
export function PersonPage() {
	const t = useTexts(access);
	const { id } = useParams({ from: '/access/person/$id' });
	return (
		<ForKeepers title={t.title}>
			<OnePerson key={id} id={id} />
		</ForKeepers>
	);
}

function OnePerson({ id }: { id: string }) {
	const t = useTexts(access);
	const [{ data, fetching, error, failed }, onRetry] = useLasting({
		query: OnePersonDocument,
		variables: { id },
		requestPolicy: 'cache-and-network',
	});
	const rights = data?.authorisations.nodes ?? [];
	const holder = data?.person ?? rights[0]?.holder;
	if (holder) {
		return (
			<>
				<NotRefreshed failed={failed} onRetry={onRetry} />
				<PersonView holder={holder} person={data?.person} rights={rights} onChanged={onRetry} />
			</>
		);
	}
	const texts = { failure: t.failed, missing: t.notFound };
	return <NothingHere {...texts} fetching={fetching} failed={Boolean(error)} onRetry={onRetry} />;
}

/** Whoever administers some of their rights, and not where they belong, sees those and may take them away: `person` is null then. */
function PersonView(props: {
	holder: HeldRightFragment['holder'];
	person: OnePersonQuery['person'] | undefined;
	rights: readonly HeldRightFragment[];
	onChanged: () => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(access);
	const { viewer } = useViewer();
	const { holder, person, rights, onChanged } = props;
	const selection = useSelection(rights.filter(({ withdrawable }) => withdrawable).map(({ id }) => id));
	const organisations = rights.flatMap(({ reach }) =>
		reach.kind === 'ORGANISATION' && reach.id ? [{ id: reach.id, name: say(reach.name) }] : [],
	);
	const known = [
		...new Map(
			[...organisations, ...(viewer?.organisation ? [viewer.organisation] : [])].map((it) => [it.id, it]),
		).values(),
	];
	return (
		<div className="law">
			<BackLink to="/access">{t.back}</BackLink>
			<PageTitle>{holder.name}</PageTitle>
			<p className="page-meta">
				{[holder.email, holder.home && say(holder.home)].filter(Boolean).join(', ')}
			</p>
			<section aria-labelledby="rights-title">
				<h2 id="rights-title">{t.rightsOf}</h2>
				{!person && <p className="prose">{t.rightsElsewhere}</p>}
				{rights.length === 0 && <p>{t.rightsNone}</p>}
				{rights.length > 0 && (
					<RightsTable rights={rights} caption={t.rightsOf} selection={selection} reinstates />
				)}
				<Withdraw selection={selection} onDone={onChanged} />
			</section>
			<section aria-labelledby="grant-title">
				<h2 id="grant-title">{t.grant}</h2>
				<p className="prose">{t.grantText}</p>
				<ProposeRight holder={holder.id} organisations={known} />
			</section>
			<LogOfUse person={holder.id} />
			{person && <CloseAccess person={person} onDone={onChanged} />}
		</div>
	);
}

/** The way to propose that what the person did is kept, for who may: nobody proposes about themselves. */
function LogOfUse({ person }: { person: string }) {
	const t = useTexts(access);
	const { viewer } = useViewer();
	if (!viewer?.functions.includes('ADMINISTER') || viewer.id === person) return null;
	return (
		<section aria-labelledby="uses-title" className="no-print">
			<h2 id="uses-title">{t.logOfUse}</h2>
			<p className="prose">{t.logOfUseText}</p>
			<p>
				<Link to="/retention/keep" search={{ person }}>
					{t.keepUses}
				</Link>
			</p>
		</section>
	);
}
