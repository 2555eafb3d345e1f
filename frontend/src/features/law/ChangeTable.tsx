import type { WhyFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { Reasons } from '@/features/assessment/Reasons';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';

/** Something that differs between two states; null where it is not there. */
export type Difference = {
	key: string;
	what: string;
	before: string | null;
	after: string | null;
	because?: readonly WhyFragment[];
	/** For how many incidents. */
	count?: number;
};

/** What differs, as it was and as it is. Each row says in a word whether it came, went or changed. */
export function ChangeTable(props: {
	caption: string;
	before: string;
	after: string;
	rows: readonly Difference[];
	count?: string;
	/** Two states beside each other rather than one after the other: nothing came or went. */
	sideBySide?: boolean;
}) {
	const { m } = useSpeech();
	const t = useTexts(law);
	const none = <span className="answer-none">{props.sideBySide ? t.onlyHere : t.notThere}</span>;
	return (
		<table className="law-table change-table">
			<caption className="sr-only">{props.caption}</caption>
			<thead>
				<tr>
					<th scope="col">{t.what}</th>
					<th scope="col">{props.before}</th>
					<th scope="col">{props.after}</th>
					{props.count && <th scope="col">{props.count}</th>}
				</tr>
			</thead>
			<tbody>
				{props.rows.map((row) => (
					<tr key={row.key}>
						<th scope="row" data-label={t.what}>
							<div>
								{row.what}
								{!props.sideBySide && <Kind row={row} />}
								{row.because && row.because.length > 0 && (
									<Disclosure summary={m.assessment.why}>
										<Reasons because={row.because} />
									</Disclosure>
								)}
							</div>
						</th>
						<td data-label={props.before}>{row.before ?? none}</td>
						<td data-label={props.after}>{row.after ?? none}</td>
						{props.count && <td data-label={props.count}>{row.count}</td>}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Kind({ row }: { row: Difference }) {
	const t = useTexts(law);
	const kind = row.before === null ? 'appeared' : row.after === null ? 'went' : 'moved';
	return <span className={`mark mark-${kind}`}>{t[kind]}</span>;
}
