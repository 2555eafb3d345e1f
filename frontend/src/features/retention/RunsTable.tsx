import { TableHead } from '@/components/TableHead';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { brief, number } from '@/i18n/format';
import { retention } from '@/i18n/retention';
import type { RetentionQuery } from './retention.generated';

/** The last erasures, newest first: how many of each kind went. */
export function RunsTable({ runs }: { runs: RetentionQuery['retention']['runs'] }) {
	const { language } = useSpeech();
	const t = useTexts(retention);
	const now = useNow();
	if (runs.length === 0) return <p>{t.runsNone}</p>;
	const headings = [t.began, t.erased, t.heldThen, t.overdue];
	return (
		<table className="law-table">
			<caption className="sr-only">{t.runs}</caption>
			<TableHead headings={headings} />
			<tbody>
				{runs.map((run) => (
					<tr key={run.beganAt}>
						<th scope="row" data-label={t.began}>
							{brief(new Date(run.beganAt), language, now)}
						</th>
						<td data-label={t.erased}>
							{run.erased.length === 0 && t.nothing}
							{run.erased.length > 0 && (
								<ul className="reasons">
									{run.erased.map(({ kind, count }) => (
										<li key={kind}>
											{t.kinds[kind]}: {number(count, language)}
										</li>
									))}
								</ul>
							)}
						</td>
						<td data-label={t.heldThen}>{number(run.held, language)}</td>
						<td data-label={t.overdue}>
							{run.overdue > 0 ? (
								<strong className="mark mark-overdue">{number(run.overdue, language)}</strong>
							) : (
								number(0, language)
							)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
