/** Finds what has a name in a version of the rules. */
import type { Language } from '@/i18n';
import type { LawContentsQuery } from './law.generated';

type Content = NonNullable<LawContentsQuery['packVersion']>['content'];

/** The parts of a version that have a page of their own. */
export const PARTS = ['regimes', 'clocks', 'sectors', 'routes', 'units', 'guidance'] as const;

/** A part of a version. */
export type Part = (typeof PARTS)[number];

/** Something with a name: what it is, and where it stands. */
export type Named = {
	kind: 'regimes' | 'clocks' | 'sectors' | 'units' | 'guidance';
	name: string;
	part: Part;
	/** A page of its own. */
	id?: string;
	/** Its place on that page. */
	hash?: string;
};

/** The place of something on its page. */
export const anchor = (kind: string, id: string): string => `${kind}-${id.replaceAll(/[^a-z0-9_-]/gi, '-')}`;

/** Everything that has a name. */
export function namesOf(content: Content, language: Language): Named[] {
	const { regimes, sectors, units, playbooks } = content;
	return [
		...regimes.map((each): Named => ({
			kind: 'regimes',
			name: each.name[language],
			part: 'regimes',
			id: each.id,
		})),
		...regimes.flatMap((regime) =>
			regime.stages.map((stage): Named => ({
				kind: 'clocks',
				name: `${stage.name[language]}, ${regime.name[language]}`,
				part: 'regimes',
				id: regime.id,
				hash: anchor('stage', stage.id),
			})),
		),
		...sectors.flatMap((sector) =>
			sector.subsectors.map((each): Named => ({
				kind: 'sectors',
				name: `${sector.name[language]}: ${each.name[language]}`,
				part: 'sectors',
				hash: anchor('sector', each.id),
			})),
		),
		...units.map((each): Named => ({
			kind: 'units',
			name: each.name[language],
			part: 'units',
			hash: anchor('unit', each.id),
		})),
		...playbooks.map((each): Named => ({
			kind: 'guidance',
			name: each.title[language],
			part: 'guidance',
			id: each.id,
		})),
	];
}

/** Those whose name has every word that was typed; those that begin with the first come first. */
export function find(names: readonly Named[], typed: string): Named[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const [first] = words;
	if (!first) return [];
	return names
		.filter(({ name, id, hash }) => {
			const text = `${name} ${id ?? ''} ${hash ?? ''}`.toLowerCase();
			return words.every((word) => text.includes(word));
		})
		.toSorted(
			(a, b) =>
				Number(b.name.toLowerCase().startsWith(first)) - Number(a.name.toLowerCase().startsWith(first)),
		);
}
