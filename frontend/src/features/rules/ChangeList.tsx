import { Link } from '@tanstack/react-router';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { brief } from '@/i18n/format';
import { rules } from '@/i18n/rules';
import type { ChangeHeadFragment } from './rules.generated';

/** Where a change stands, in a word. */
export function ChangeMark({ status }: Pick<ChangeHeadFragment, 'status'>) {
	const t = useTexts(rules);
	return <span className={`mark mark-change mark-${status}`}>{t.statuses[status]}</span>;
}

/** Changes with who proposed them; those that wait with their end, the others with what became of them. */
export function ChangeList(props: {
	changes: readonly ChangeHeadFragment[];
	caption: string;
	waiting: boolean;
}) {
	const { say, language } = useSpeech();
	const t = useTexts(rules);
	const now = useNow();
	const when = (at: string | null) => (at ? brief(new Date(at), language, now) : null);
	const last = props.waiting ? t.expires : t.decided;
	return (
		<table className="law-table">
			<caption className="sr-only">{props.caption}</caption>
			<thead>
				<tr>
					<th scope="col">{t.change}</th>
					<th scope="col">{t.status}</th>
					<th scope="col">{t.by}</th>
					<th scope="col">{t.since}</th>
					<th scope="col">{last}</th>
				</tr>
			</thead>
			<tbody>
				{props.changes.map((change) => (
					<tr key={change.id}>
						<th scope="row" data-label={t.change}>
							<Link to="/rules/change/$id" params={{ id: change.id }}>
								{say(change.title)}
							</Link>
						</th>
						<td data-label={t.status}>
							<ChangeMark status={change.status} />
						</td>
						<td data-label={t.by}>{change.proposedBy}</td>
						<td data-label={t.since}>{when(change.proposedAt)}</td>
						<td data-label={last}>
							{props.waiting
								? when(change.expiresAt)
								: [when(change.decidedAt), change.decidedBy].filter(Boolean).join(', ')}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
