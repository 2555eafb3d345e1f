import { Link } from '@tanstack/react-router';
import { useNow } from '@/components/useNow';
import { DeadlineTime, UrgencyMark } from '@/features/incident/DeadlineClock';
import { SeverityHeld } from '@/features/severity/SeverityState';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';
import { brief } from '@/i18n/format';
import type { Row } from './live';

/** The cases, in the server's order. On narrow screens each row is a card; the headings stand before the values. */
export function QueueTable(props: { rows: readonly Row[]; changed: ReadonlySet<string> }) {
	const t = useTexts(authority);
	const q = t.queue;
	return (
		<table className="queue-table">
			<caption className="sr-only">{q.caption}</caption>
			<thead>
				<tr>
					{[q.number, q.organisation, q.severity, q.part, q.deadline, q.status, q.received].map((heading) => (
						<th key={heading} scope="col">
							{heading}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{props.rows.map((row) => (
					<QueueRow key={row.id} row={row} changed={props.changed.has(row.id)} />
				))}
			</tbody>
		</table>
	);
}

function QueueRow({ row, changed }: { row: Row; changed: boolean }) {
	const { m, say, language } = useSpeech();
	const t = useTexts(authority);
	const now = useNow();
	const q = t.queue;
	const { incident } = row;
	return (
		<tr className={changed ? 'row-changed' : undefined}>
			<th scope="row" data-label={q.number}>
				<Link to="/case/$id" params={{ id: row.id }}>
					{incident.number}
				</Link>
				{changed && <span className="mark mark-changed">{q.changed}</span>}
			</th>
			<td data-label={q.organisation}>{incident.organisation?.name ?? q.hidden}</td>
			<td data-label={q.severity}>
				<SeverityHeld severity={incident.severity} />
			</td>
			<td data-label={q.part}>{m.part[row.part]}</td>
			<td data-label={q.deadline}>
				{row.nextDue ? (
					<span className="queue-deadline">
						<UrgencyMark duty={row.nextDue} now={now} />
						<span className="queue-stage">{say(row.nextDue.stageName)}</span>
						<DeadlineTime duty={row.nextDue} now={now} />
					</span>
				) : (
					q.noDeadline
				)}
			</td>
			<td data-label={q.status}>{m.caseStatus[row.status]}</td>
			<td data-label={q.received}>{brief(new Date(incident.receivedAt), language, now)}</td>
		</tr>
	);
}
