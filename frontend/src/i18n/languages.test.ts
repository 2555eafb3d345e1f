// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { account } from './account';
import { authority } from './authority';
import { check } from './check';
import { da, type Messages } from './da';
import { en } from './en';
import { erasure } from './erasure';
import { keys } from './keys';
import { law } from './law';
import { pages } from './pages';
import { rules } from './rules';

type Tree = { [key: string]: unknown };

/** Every text with its place; a text that depends on something is asked with an example. */
function texts(tree: Tree, path = ''): [string, string][] {
	return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
		const place = `${path}.${key}`;
		if (typeof value === 'string') return [[place, value]];
		if (typeof value === 'function')
			return [[place, String(value({ n: 2, of: 3, name: 'N', what: 'W', when: 'T' }))]];
		return texts(value as Tree, place);
	});
}

const catalogues: [string, Tree, Tree][] = [
	['the first catalogue', da, en],
	['the authorities’ pages', authority.da, authority.en],
	['the single pages', pages.da, pages.en],
	['checking the answers', check.da, check.en],
	['reading and trying the rules', law.da, law.en],
	['publishing the rules', rules.da, rules.en],
	['one’s own account', account.da, account.en],
	['erasing at once', erasure.da, erasure.en],
	['the keys', keys.da, keys.en],
];

describe.each(catalogues)('%s', (_, danish, english) => {
	it('has the same texts in both languages, none empty', () => {
		const places = (tree: Tree) => texts(tree).map(([place]) => place);
		expect(places(english)).toEqual(places(danish));
		expect([...texts(danish), ...texts(english)].filter(([, text]) => !text.trim())).toEqual([]);
	});

	it('is translated: whole sentences differ', () => {
		const other = new Map(texts(english));
		const same = texts(danish).filter(([place, text]) => text.length > 20 && other.get(place) === text);
		expect(same).toEqual([]);
	});
});

it('does not compile when a text is missing', () => {
	const { tagline: _, ...incomplete } = da;
	// @ts-expect-error the tagline is missing
	const messages: Messages = incomplete;
	expect(messages).not.toHaveProperty('tagline');
});
