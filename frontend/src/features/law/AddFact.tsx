import { useState } from 'react';
import type { CatalogueFactFragment } from '@/features/report/report.generated';
import { SearchInput } from '@/components/SearchInput';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';

/** How many hits are shown, and how many of the questions that the rules ask now. */
const SHOWN = 8;
const ASKED = 4;

/** Adds a fact: one that the rules ask for now, or any other by its words. */
export function AddFact(props: {
	catalogue: readonly CatalogueFactFragment[];
	asked: readonly string[];
	onAdd: (id: string) => void;
}) {
	const { m, language } = useSpeech();
	const t = useTexts(law);
	const [typed, setTyped] = useState('');
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const hits = props.catalogue.filter((fact) => {
		const text = `${fact.label[language]} ${fact.groupLabel[language]} ${fact.id}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
	const asked = props.asked.flatMap((id) => props.catalogue.find((fact) => fact.id === id) ?? []);
	const add = (id: string) => {
		setTyped('');
		props.onAdd(id);
	};
	const offer = (facts: readonly CatalogueFactFragment[]) => (
		<ul className="try-offer">
			{facts.map((fact) => (
				<li key={fact.id}>
					<button type="button" className="link-button" onClick={() => add(fact.id)}>
						<span className="sr-only">{t.addOne}</span> {fact.label[language]}
					</button>{' '}
					<span className="quiet">{fact.groupLabel[language]}</span>
				</li>
			))}
		</ul>
	);
	return (
		<div className="try-add">
			<SearchInput id="add-fact" label={t.add} hint={t.addHint} value={typed} onChange={setTyped} />
			<p className="option-hits" role="status">
				{words.length > 0 &&
					(hits.length > 0
						? m.report.filterHits({ n: Math.min(hits.length, SHOWN), of: hits.length })
						: t.addNone)}
			</p>
			{words.length > 0 && offer(hits.slice(0, SHOWN))}
			{words.length === 0 && asked.length > 0 && (
				<>
					<p className="try-asked">{t.addAsked}</p>
					{offer(asked.slice(0, ASKED))}
				</>
			)}
		</div>
	);
}
