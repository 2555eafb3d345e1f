import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { useNow } from '@/components/useNow';
import { SeverityHeld } from '@/features/severity/SeverityState';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';
import { moment } from '@/i18n/format';
import { byUrgency, DeadlineTime } from './DeadlineClock';
import { MyIncidentsDocument } from './incident.generated';

/** The incidents of one's own organisation, newest first. */
export function MyIncidents() {
	const { language } = useSpeech();
	const t = useTexts(pages);
	const now = useNow();
	const [{ data, error }, again] = useQuery({
		query: MyIncidentsDocument,
		requestPolicy: 'cache-and-network',
	});
	const incidents = data?.incidents.nodes;
	return (
		<section aria-labelledby="mine-title" className="mine">
			<h2 id="mine-title">{t.start.mine}</h2>
			{!incidents && (
				<Loading
					failed={Boolean(error)}
					failure={t.start.mineFailed}
					onRetry={() => again({ requestPolicy: 'network-only' })}
				/>
			)}
			{incidents?.length === 0 && <p>{t.start.mineNone}</p>}
			<ul className="cards">
				{incidents?.map((incident) => {
					const next = byUrgency(incident.obligations).find(
						(duty) => duty.status === 'LATE' || duty.status === 'OPEN',
					);
					return (
						<li key={incident.id} className="card">
							<Link to="/incident/$id" params={{ id: incident.id }} className="card-title">
								{incident.number}
							</Link>
							<SeverityHeld severity={incident.severity} />
							<p>
								{t.start.received} {moment(new Date(incident.receivedAt), language, now)}
							</p>
							<p>
								{t.start.nextDeadline}: {next ? <DeadlineTime duty={next} now={now} /> : t.start.noDeadline}
							</p>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
