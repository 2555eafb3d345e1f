import { Link, useParams } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { NothingHere } from '@/components/NothingHere';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { Recipients } from '@/features/assessment/Recipients';
import { Receipts } from '@/features/incident/Receipts';
import { GuidanceSteps } from '@/features/incident/GuidanceSteps';
import { IncidentPageDocument, type IncidentPageQuery } from '@/features/incident/incident.generated';
import { Clocks, FactList, Timeline, UnitList } from '@/features/incident/Sections';
import { Holdable } from '@/features/retention/Holdable';
import { SeverityHeld, SeverityState } from '@/features/severity/SeverityState';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';
import { moment } from '@/i18n/format';

/** An incident for those who reported it: clocks, what to do, who received, what was said, what happened. */
export function IncidentPage() {
	const { m } = useSpeech();
	const { id } = useParams({ from: '/incident/$id' });
	const [{ data, fetching, error, failed }, onRetry] = useLasting({
		query: IncidentPageDocument,
		variables: { id },
		requestPolicy: 'cache-and-network',
	});
	if (data?.incident) {
		return (
			<>
				<NotRefreshed failed={failed} onRetry={onRetry} />
				<IncidentView incident={data.incident} />
			</>
		);
	}
	const { failed: failure, notFound: missing } = m.incident;
	return <NothingHere {...{ fetching, failed: Boolean(error), failure, missing, onRetry }} />;
}

function IncidentView({ incident }: { incident: NonNullable<IncidentPageQuery['incident']> }) {
	const { m, language } = useSpeech();
	const t = useTexts(pages);
	const now = useNow();
	return (
		<>
			<PageTitle>{m.incident.title({ number: incident.number })}</PageTitle>
			<p className="page-meta">
				{incident.organisation && <span>{incident.organisation.name}</span>}
				<span>
					{m.incident.receivedAt} {moment(new Date(incident.receivedAt), language, now)}
				</span>
				<SeverityHeld severity={incident.severity} />
				{incident.receipt && (
					<Link to="/incident/$id/receipt" params={{ id: incident.id }}>
						{m.incident.receipt}
					</Link>
				)}
			</p>
			<SeverityState confirmation={incident.severity.confirmation} />
			{incident.receipt && (
				<p className="no-print">
					<Link to="/report" search={{ incident: incident.id }} className="button button-primary">
						{t.further.action}
					</Link>
				</p>
			)}
			<Holdable number={incident.number} />
			<div className="columns">
				<section className="columns-first" aria-labelledby="clocks-title">
					<h2 id="clocks-title">{m.incident.clocks}</h2>
					<Clocks
						duties={incident.obligations}
						addTo={incident.receipt ? incident.id : undefined}
						routes={incident.cases}
					/>
				</section>
				<div className="columns-main">
					<section aria-labelledby="guidance-title">
						<h2 id="guidance-title">{m.incident.guidance}</h2>
						<GuidanceSteps guidance={incident.guidance} />
					</section>
					<section aria-labelledby="facts-title">
						<h2 id="facts-title">{m.incident.facts}</h2>
						<FactList facts={incident.facts} />
					</section>
				</div>
				<div className="columns-side">
					<section aria-labelledby="recipients-title">
						<h2 id="recipients-title">{m.incident.recipients}</h2>
						{incident.receipt ? (
							<Recipients routes={incident.receipt.recipients} />
						) : (
							<UnitList cases={incident.cases} />
						)}
					</section>
					<section aria-labelledby="timeline-title">
						<h2 id="timeline-title">{m.incident.timeline}</h2>
						<Timeline entries={incident.timeline} />
						<Receipts of={incident.id} receipts={incident.receipts} />
					</section>
				</div>
			</div>
		</>
	);
}
