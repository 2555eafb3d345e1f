import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { ChangeTable, type Difference } from '@/features/law/ChangeTable';
import { useSpeech, useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import { RulesComparisonDocument } from './rules.generated';
import type { WordsFragment } from '@/api/shared.generated';

/** A difference as the API tells it. */
type Told = {
	what: WordsFragment;
	before: WordsFragment | null;
	after: WordsFragment | null;
	incidents?: number;
};

/** The API's differences as rows, in the reader's language. */
export function useRows(): (told: readonly Told[]) => Difference[] {
	const { say } = useSpeech();
	return (told) =>
		told.map((each, index) => ({
			key: `${index}/${each.what.en}`,
			what: say(each.what),
			before: each.before && say(each.before),
			after: each.after && say(each.after),
			...(each.incidents === undefined ? {} : { count: each.incidents }),
		}));
}

/** What a version changes: what stands otherwise in it, and what it would mean for past incidents. */
export function Comparison({ version }: { version: string }) {
	const t = useTexts(rules);
	const rows = useRows();
	const [{ data, fetching, error }, again] = useQuery({
		query: RulesComparisonDocument,
		variables: { version },
		requestPolicy: 'cache-and-network',
	});
	if (!data && (fetching || !error)) {
		return (
			<>
				<p role="status">{t.comparing}</p>
				<Loading failure="" />
			</>
		);
	}
	if (!data) {
		return (
			<Loading failed failure={t.compareFailed} onRetry={() => again({ requestPolicy: 'network-only' })} />
		);
	}
	const comparison = data.packVersion?.comparison;
	if (!comparison) return <p>{t.compareNone}</p>;
	const { against, items, incidents, changedIncidents, effects } = comparison;
	const [before, after] = [t.beforeIs({ version: against }), t.beforeIs({ version })];
	return (
		<section aria-labelledby="compare-title">
			<h2 id="compare-title">{t.compareTitle({ against })}</h2>
			<h3>{t.items}</h3>
			{items.length === 0 ? (
				<p>{t.itemsNone}</p>
			) : (
				<ChangeTable caption={t.items} before={before} after={after} rows={rows(items)} />
			)}
			<h3>{t.effects}</h3>
			<p className="prose">
				{incidents === 0 && t.noIncidents}
				{incidents > 0 && changedIncidents === 0 && t.effectsNone}
				{changedIncidents > 0 && (
					<>
						<strong>{t.effectsText({ n: changedIncidents, of: incidents })}</strong> {t.effectsPast}
					</>
				)}
			</p>
			{effects.length > 0 && (
				<ChangeTable caption={t.effects} before={before} after={after} rows={rows(effects)} count={t.count} />
			)}
		</section>
	);
}
