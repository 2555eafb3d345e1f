import { Link } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { RightsDocument } from './access.generated';
import { emptySearch, filterOf } from './RightsFilters';
import { useRightWords } from './words';

/** What waits for those who administer: rights of people who have moved. Nothing where nobody has. */
export function Moved() {
	const t = useTexts(access);
	const words = useRightWords();
	const [{ data }] = useLasting({
		query: RightsDocument,
		variables: { filter: filterOf({ ...emptySearch, standing: 'MOVED' }), after: null },
		requestPolicy: 'cache-and-network',
	});
	const waiting = data?.authorisations;
	if (!waiting || waiting.nodes.length === 0) return null;
	return (
		<section aria-labelledby="moved-title">
			<h2 id="moved-title">{t.moved}</h2>
			<p>{t.movedText}</p>
			<p>{t.total({ n: waiting.totalCount })}</p>
			<ul>
				{waiting.nodes.map((right) => (
					<li key={right.id}>
						<Link to="/access/person/$id" params={{ id: right.holder.id }}>
							{right.holder.name}
						</Link>
						{`: ${words.functions(right.functions)}, ${words.reach(right.reach)}`}
						{right.changedAt && <span className="quiet law-one">{words.when(right.changedAt)}</span>}
					</li>
				))}
			</ul>
		</section>
	);
}
