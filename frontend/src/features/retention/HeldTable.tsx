import { Link } from '@tanstack/react-router';
import { TableHead } from '@/components/TableHead';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';
import { lastDayOf } from './hold';
import type { RetentionQuery } from './retention.generated';

/** The incidents that are held: until when, why, and by whose word. `decides`: whoever looks may propose and read changes. */
export function HeldTable(props: { held: RetentionQuery['retention']['held']; decides: boolean }) {
	const { language } = useSpeech();
	const t = useTexts(retention);
	const now = useNow();
	const { held, decides } = props;
	if (held.length === 0) return <p>{t.heldNone}</p>;
	const headings = [t.incident, t.until, t.why, t.proposedBy, t.approvedBy];
	return (
		<table className="law-table">
			<caption className="sr-only">{t.held}</caption>
			<TableHead headings={headings} />
			<tbody>
				{held.map((hold) => (
					<tr key={hold.changeId}>
						<th scope="row" data-label={t.incident}>
							{hold.number}
							{decides && (
								<span className="law-one">
									<Link
										to="/retention/lift"
										search={{ incident: hold.number }}
										aria-label={t.liftOf({ number: hold.number })}
									>
										{t.lift}
									</Link>
								</span>
							)}
						</th>
						<td data-label={t.until}>{lastDayOf(new Date(hold.until), language, now)}</td>
						<td data-label={t.why}>{hold.reason}</td>
						<td data-label={t.proposedBy}>{hold.proposedBy}</td>
						<td data-label={t.approvedBy}>
							{decides ? (
								<Link
									to="/rules/change/$id"
									params={{ id: hold.changeId }}
									aria-label={t.seeChangeOf({ number: hold.number, name: hold.approvedBy ?? '' })}
								>
									{hold.approvedBy}
								</Link>
							) : (
								hold.approvedBy
							)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
