// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { uses } from '@/i18n/uses';
import { KIND_GROUPS, KINDS } from './kinds';

const offered = KIND_GROUPS.flatMap((group) => KINDS[group]);

test('every kind of use that the manual explains can be chosen, once, and no other', () => {
	const manual = readFileSync('../docs/log-interpretation.md', 'utf8');
	const table = manual.split('## The kinds of use')[1]?.split('\n## ')[0] ?? '';
	const rows = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, kinds]) => kinds ?? '');
	const explained = rows.flatMap((kinds) =>
		[...kinds.matchAll(/`([a-z_]+)`/g)].map(([, kind]) => kind ?? ''),
	);
	// The first row is the head of the table.
	expect(offered.toSorted()).toEqual(
		explained
			.slice(1)
			.map((kind) => kind.toUpperCase())
			.toSorted(),
	);
});

test('each has words of its own in both languages', () => {
	for (const { kinds } of [uses.da, uses.en]) {
		expect(Object.keys(kinds).toSorted()).toEqual(offered.toSorted());
		expect(new Set(Object.values(kinds)).size).toBe(offered.length);
	}
});
