import { Link } from '@tanstack/react-router';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import type { HeldRightFragment } from './access.generated';
import { Reinstate } from './Reinstate';
import { Tick } from './Tick';
import type { Selection } from './useSelection';
import { useRightWords } from './words';

/** Rights, each with its use; on narrow screens each row is a card. */
export function RightsTable(props: {
	rights: readonly HeldRightFragment[];
	caption: string;
	/** Names whose they are, with a link to each person. */
	holders?: boolean;
	selection?: Selection;
	/** Lets one propose to give back what is suspended. */
	reinstates?: boolean;
}) {
	const t = useTexts(access);
	const { rights, selection } = props;
	const headings = [t.may, t.purpose, t.window, t.status, t.lastUsed];
	return (
		<table className="law-table access-table">
			<caption className="sr-only">{props.caption}</caption>
			<thead>
				<tr>
					{selection && (
						<th scope="col">
							<Tick
								id="tick-all"
								label={t.selectAll}
								checked={selection.all}
								onChange={selection.toggleAll}
							/>
						</th>
					)}
					{props.holders && <th scope="col">{t.holder}</th>}
					{headings.map((heading) => (
						<th key={heading} scope="col">
							{heading}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rights.map((right) => (
					<RightRow key={right.id} {...props} right={right} />
				))}
			</tbody>
		</table>
	);
}

function RightRow(props: {
	right: HeldRightFragment;
	holders?: boolean;
	selection?: Selection;
	reinstates?: boolean;
}) {
	const t = useTexts(access);
	const words = useRightWords();
	const { right, selection } = props;
	const what = `${words.functions(right.functions)}, ${words.reach(right.reach)}`;
	return (
		<tr>
			{selection && (
				<td>
					{right.withdrawable && (
						<Tick
							id={`tick-${right.id}`}
							label={t.select({ who: right.holder.name, what })}
							checked={selection.has(right.id)}
							onChange={() => selection.toggle(right.id)}
						/>
					)}
				</td>
			)}
			{props.holders && <Holder holder={right.holder} />}
			<td data-label={t.may}>
				{words.functions(right.functions)}
				<span className="quiet law-one">{words.reach(right.reach)}</span>
			</td>
			<td data-label={t.purpose}>{words.purpose(right.purpose)}</td>
			<td data-label={t.window}>
				{words.window(right)}
				{right.temporary && <span className="quiet law-one">{t.temporaries[right.temporary]}</span>}
			</td>
			<td data-label={t.status}>
				<span className={`mark mark-right mark-${right.status}`}>{t.statuses[right.status]}</span>
				{right.changeReason && <span className="quiet law-one">{right.changeReason}</span>}
				{props.reinstates && right.reinstatable && <Reinstate id={right.id} />}
			</td>
			<td data-label={t.lastUsed}>
				<Used right={right} />
			</td>
		</tr>
	);
}

function Holder({ holder }: Pick<HeldRightFragment, 'holder'>) {
	const t = useTexts(access);
	return (
		<th scope="row" data-label={t.holder}>
			<Link to="/access/person/$id" params={{ id: holder.id }}>
				{holder.name}
			</Link>
			{holder.email && <span className="quiet law-one">{holder.email}</span>}
		</th>
	);
}

/** When a right was last used, function by function: what is never used is not needed. */
function Used({ right }: { right: HeldRightFragment }) {
	const t = useTexts(access);
	const { when } = useRightWords();
	return (
		<>
			{right.used.map(({ function: name, lastUsedAt, uses }) => (
				<span key={name} className="law-one">
					{right.used.length > 1 && `${t.functions[name]}: `}
					{lastUsedAt ? `${when(lastUsedAt)} (${t.uses({ n: uses })})` : t.never}
				</span>
			))}
			{right.unused && <span className="mark mark-unused">{t.unused}</span>}
		</>
	);
}
