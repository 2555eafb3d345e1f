import type { Language } from '@/i18n';
import { country } from '@/i18n/format';
import type { CatalogueFactFragment } from './report.generated';

/** One thing to choose, in the reader's language. */
export type Option = { id: string; label: string; group: string | null; alsoCalled: readonly string[] };

/** The Member States of the Union, which is what cross-border duties ask for. */
const MEMBER_STATES =
	'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');

/** Above this many, a list can be searched. */
export const SEARCHABLE = 7;

/** What can be chosen for a fact. Countries that the catalogue does not list are the Member States. */
export function optionsOf(fact: CatalogueFactFragment, language: Language): Option[] {
	if (fact.type === 'COUNTRIES' && fact.options.length === 0) {
		return MEMBER_STATES.map((id) => ({
			id,
			label: country(id, language),
			group: null,
			alsoCalled: [],
		})).toSorted((a, b) => a.label.localeCompare(b.label, language));
	}
	return fact.options.map(({ id, label, group, alsoCalled }) => ({
		id,
		label: label[language],
		group: group ? group[language] : null,
		alsoCalled,
	}));
}

/**
 * The options that have every word that was typed, in their label, their heading or what else people call them.
 * A short word must begin one of theirs: "el" is not meant to find "handel".
 */
export function search(options: readonly Option[], typed: string): Option[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	return options.filter(({ label, group, id, alsoCalled }) => {
		const text = ` ${[label, group ?? '', ...alsoCalled, id].join(' ')}`
			.toLowerCase()
			.replaceAll(/[(/.]/g, ' ');
		return words.every((word) =>
			text.includes(word.length < 4 ? ` ${word}` : word.replaceAll(/[(/.]/g, ' ')),
		);
	});
}

/** Options under their headings, in the catalogue's order. */
export function grouped(options: readonly Option[]): [string | null, Option[]][] {
	const groups = new Map<string | null, Option[]>();
	for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
	return [...groups];
}
