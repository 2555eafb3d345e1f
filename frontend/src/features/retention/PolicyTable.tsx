import { TableHead } from '@/components/TableHead';
import { useSpeech, useTexts } from '@/i18n';
import { number } from '@/i18n/format';
import { retention } from '@/i18n/retention';
import type { RetentionQuery } from './retention.generated';

/** What is kept, for how long, from when and on what basis; and what of it is due. */
export function PolicyTable({ lines }: { lines: RetentionQuery['retention']['lines'] }) {
	const { say, language } = useSpeech();
	const t = useTexts(retention);
	const headings = [t.kind, t.kept, t.from, t.basis, t.due, t.overdue];
	return (
		<table className="law-table">
			<caption className="sr-only">{t.policy}</caption>
			<TableHead headings={headings} />
			<tbody>
				{lines.map((line) => (
					<tr key={line.kind}>
						<th scope="row" data-label={t.kind}>
							{t.kinds[line.kind]}
							<span className="quiet law-one">{say(line.holds)}</span>
							{line.holdable && (
								<span className="quiet law-one">{line.kind === 'USES' ? t.usesHoldable : t.holdable}</span>
							)}
						</th>
						<td data-label={t.kept}>
							{line.unit === 'DAYS' ? t.days({ n: line.period }) : t.months({ n: line.period })}
						</td>
						<td data-label={t.from}>{say(line.countedFrom)}</td>
						<td data-label={t.basis}>{say(line.basis)}</td>
						<td data-label={t.due}>{number(line.due, language)}</td>
						<td data-label={t.overdue}>
							{line.overdue > 0 ? (
								<strong className="mark mark-overdue">{number(line.overdue, language)}</strong>
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
