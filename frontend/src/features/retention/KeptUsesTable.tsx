import { Link } from '@tanstack/react-router';
import { Alert } from '@/components/Alert';
import { TableHead } from '@/components/TableHead';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';
import { lastDayOf } from './hold';
import { periodOf } from './keep';
import type { RetentionQuery } from './retention.generated';

type Entry = RetentionQuery['retention']['keptUses'][number];

/** The log entries that are kept: whose acts, of which time, until when, why. `decides`: whoever looks may propose and read changes. */
export function KeptUsesTable({ kept, decides }: { kept: readonly Entry[]; decides: boolean }) {
	const t = useTexts(keptUses);
	const { why, proposedBy, approvedBy } = useTexts(retention);
	if (kept.length === 0) return <p>{t.none}</p>;
	const undecided = kept.filter((entry) => entry.proposedBy === null).map(({ personName }) => personName);
	return (
		<>
			{undecided.length > 0 && (
				<Alert kind="error" title={t.undecided} live>
					<p>{t.undecidedText({ people: [...new Set(undecided)].join(', ') })}</p>
				</Alert>
			)}
			<table className="law-table">
				<caption className="sr-only">{t.title}</caption>
				<TableHead headings={[t.whose, t.period, t.until, why, proposedBy, approvedBy]} />
				<tbody>
					{kept.map((entry) => (
						<Row key={entry.changeId} entry={entry} decides={decides} />
					))}
				</tbody>
			</table>
		</>
	);
}

function Row({ entry, decides }: { entry: Entry; decides: boolean }) {
	const { language } = useSpeech();
	const t = useTexts(keptUses);
	const { why, proposedBy, approvedBy } = useTexts(retention);
	const now = useNow();
	const { personId, personName: person, changeId } = entry;
	return (
		<tr>
			<th scope="row" data-label={t.whose}>
				{person}
				{decides && (
					<span className="law-one">
						<Link to="/retention/release" search={{ person: personId }} aria-label={t.releaseOf({ person })}>
							{t.release}
						</Link>
					</span>
				)}
			</th>
			<td data-label={t.period}>{periodOf(entry, { now, language, t })}</td>
			<td data-label={t.until}>{lastDayOf(new Date(entry.until), language, now)}</td>
			<td data-label={why}>{entry.reason}</td>
			<td data-label={proposedBy}>{entry.proposedBy}</td>
			<td data-label={approvedBy}>
				{decides && entry.approvedBy ? (
					<Link
						to="/rules/change/$id"
						params={{ id: changeId }}
						aria-label={t.seeChangeOf({ person, name: entry.approvedBy })}
					>
						{entry.approvedBy}
					</Link>
				) : (
					entry.approvedBy
				)}
			</td>
		</tr>
	);
}
