import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import type { ReviewRowFragment } from './access.generated';
import { Tick } from './Tick';
import type { Selection } from './useSelection';
import { useRightWords } from './words';

/** Who, what, for what, last used; and what came of it. */
export function ReviewTable(props: { items: readonly ReviewRowFragment[]; selection: Selection }) {
	const t = useTexts(access);
	const { items, selection } = props;
	return (
		<table className="law-table access-table">
			<caption className="sr-only">{t.rightsOf}</caption>
			<thead>
				<tr>
					<th scope="col">
						<Tick id="tick-all" label={t.selectAll} checked={selection.all} onChange={selection.toggleAll} />
					</th>
					{[t.holder, t.may, t.purpose, t.lastUsed, t.decision].map((heading) => (
						<th key={heading} scope="col">
							{heading}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{items.map((item) => (
					<ReviewRow key={item.authorisationId} item={item} selection={selection} />
				))}
			</tbody>
		</table>
	);
}

function ReviewRow({ item, selection }: { item: ReviewRowFragment; selection: Selection }) {
	const t = useTexts(access);
	const words = useRightWords();
	const id = item.authorisationId;
	const what = words.functions(item.functions);
	return (
		<tr>
			<td>
				{item.decidable && (
					<Tick
						id={`tick-${id}`}
						label={t.select({ who: item.holderName, what })}
						checked={selection.has(id)}
						onChange={() => selection.toggle(id)}
					/>
				)}
			</td>
			<th scope="row" data-label={t.holder}>
				{item.holderName}
			</th>
			<td data-label={t.may}>{what}</td>
			<td data-label={t.purpose}>{words.purpose(item.purpose)}</td>
			<td data-label={t.lastUsed}>
				<Used item={item} />
			</td>
			<td data-label={t.decision}>
				<Decision item={item} />
			</td>
		</tr>
	);
}

/** When each function was last used, and how often since the review before; what nobody has used for long is to be withdrawn. */
function Used({ item }: { item: ReviewRowFragment }) {
	const t = useTexts(access);
	const { when } = useRightWords();
	const said = (at: string | null | undefined, uses: string) => (at ? `${when(at)} (${uses})` : t.never);
	return (
		<>
			{item.used.map(({ function: name, lastUsedAt, uses }) => (
				<span key={name} className="law-one">
					{item.used.length > 1 && `${t.functions[name]}: `}
					{said(lastUsedAt, t.usesSince({ n: uses }))}
				</span>
			))}
			{item.used.length === 0 && said(item.lastUsedAt, t.uses({ n: item.uses }))}
			{item.unused && <span className="mark mark-unused">{t.unusedWithdraw}</span>}
		</>
	);
}

function Decision({ item }: { item: ReviewRowFragment }) {
	const t = useTexts(access);
	const { when } = useRightWords();
	if (!item.verdict) return item.decidable ? t.undecided : t.ownItem;
	const by = [item.decidedAt && when(item.decidedAt), item.decidedBy].filter(Boolean).join(', ');
	return (
		<>
			{t.verdicts[item.verdict]}
			<span className="quiet law-one">{by}</span>
			{item.reason && <span className="quiet law-one">{item.reason}</span>}
		</>
	);
}
