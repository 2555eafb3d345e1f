import { describe, expect, it } from 'vitest';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';
import { day } from '@/i18n/format';
import { lastAllowed, latestDay, mistakeOf, periodOf, readKeep, readReason, type TypedKeep } from './keep';

const now = new Date('2026-11-25T12:00:00Z');
const t = { ...retention.da.form, ...keptUses.da.form };
const frame = { now, language: 'da' as const, t };
const typed: TypedKeep = {
	first: '1.10.2026',
	last: '2026-10-31',
	until: '31.12.2028',
	reason: ' Politiet har bedt om dem. ',
};
const mistakes = (part: Partial<TypedKeep>) => readKeep({ ...typed, ...part }, frame).mistakes;

describe('log entries that are to be kept', () => {
	it('begin with the first day and end with the last, by the Danish clock, in summer and in winter', () => {
		expect(readKeep(typed, frame)).toEqual({
			mistakes: [],
			keep: {
				from: '2026-10-01T00:00:00+02:00',
				to: '2026-11-01T00:00:00+01:00',
				until: '2029-01-01T00:00:00+01:00',
				reason: 'Politiet har bedt om dem.',
			},
		});
	});

	it('may be those of one day, of today, and of days to come', () => {
		expect(readKeep({ ...typed, last: '1.10.2026' }, frame).keep?.to).toBe('2026-10-02T00:00:00+02:00');
		expect(mistakes({ first: '25.11.2026', last: '25.11.2026' })).toEqual([]);
		expect(mistakes({ last: '31.12.2028' })).toEqual([]);
	});

	it('have to have begun, and not be five years old', () => {
		expect(mistakes({ first: '26.11.2026', last: '30.11.2026' })).toEqual([
			{ field: 'first', text: 'Vælg i dag eller en tidligere dag.' },
		]);
		// From 26 November 2021 the last day is today: none is left to keep them to. From the 27th it is tomorrow.
		expect(mistakes({ first: '26.11.2021', until: '26.11.2026' })).toEqual([
			{ field: 'first', text: 'Vælg en senere dag: logposter må højst blive fem år gamle.' },
		]);
		expect(mistakes({ first: '27.11.2021', until: '26.11.2026' })).toEqual([]);
	});

	it('are kept until a day from tomorrow on, not before their last, and no longer than five years', () => {
		const until = (text: string, last = '31.10.2026') => mistakes({ until: text, last });
		expect(until('25.11.2026')).toEqual([{ field: 'until', text: 'Vælg en dag efter i dag.' }]);
		expect(until('26.11.2026')).toEqual([]);
		expect(until('30.11.2026', '1.12.2026')).toEqual([
			{ field: 'until', text: 'Vælg periodens sidste dag eller en senere.' },
		]);
		expect(until('1.12.2026', '1.12.2026')).toEqual([]);
		expect(until('30.9.2031')).toEqual([]);
		expect(until('1.10.2031')).toEqual([
			{ field: 'until', text: 'Vælg tirsdag 30. september 2031 eller en tidligere dag.' },
		]);
	});

	it('name every field that will not do, and the way out', () => {
		const wrong = mistakes({ first: '31.2.2026', last: '', until: 'snart', reason: 'For kort' });
		expect(wrong.map(({ field }) => field)).toEqual(['first', 'last', 'until', 'reason']);
		for (const { text } of wrong.slice(0, 3)) expect(text).toContain('en dag, som findes');
		expect(wrong[3]?.text).toContain('Der er 8.');
		expect(mistakes({ last: '30.9.2026' })).toEqual([
			{ field: 'last', text: 'Vælg periodens første dag eller en senere.' },
		]);
		expect(readReason('For kort', t)?.text).toContain('Der er 8.');
		expect(readReason(typed.reason, t)).toBeNull();
	});
});

describe('the last day that is allowed', () => {
	it.each([
		['2026-10-01T00:00:00+02:00', 'tirsdag 30. september 2031'],
		// The server counts in UTC: there it is still 28 February, and it was five years later in a leap year as well.
		['2023-03-01T00:00:00+01:00', 'mandag 28. februar 2028'],
		['2024-03-01T00:00:00+01:00', 'onsdag 28. februar 2029'],
		// Summer time began on 29 March 2026, and begins on 30 March 2031: midnight is an hour later by then.
		['2026-03-30T00:00:00+02:00', 'fredag 28. marts 2031'],
		// Winter time began on 25 October 2026, and begins on 26 October 2031.
		['2026-10-26T00:00:00+01:00', 'lørdag 25. oktober 2031'],
	])('from %s on is %s', (from, last) => {
		const begin = lastAllowed(new Date(from));
		expect(day(begin, 'da', now)).toBe(last);
	});

	it('is told as soon as the first day will do', () => {
		expect(latestDay('1.10.2026', frame)).toBe('tirsdag 30. september 2031');
		for (const first of ['', '31.2.2026', '26.11.2026', '1.1.2020'])
			expect(latestDay(first, frame)).toBeNull();
	});
});

describe('a refusal', () => {
	it('is shown at the field that it is about', () => {
		expect(mistakeOf('KEEP_END', typed.reason, t)).toEqual({ field: 'until', text: t.KEEP_END });
		expect(mistakeOf('REASON_LENGTH', 'kort', t)?.text).toContain('Der er 4.');
		for (const code of ['OWN_USES', 'NOT_KEPT', 'UNKNOWN_PERSON']) {
			expect(mistakeOf(code, typed.reason, t)).toBeNull();
		}
	});
});

describe('a period', () => {
	const words = (from: string, to: string) => periodOf({ from, to }, { now, language: 'da', t: keptUses.da });
	it('is told by its days, or by its moments where it goes not from midnight to midnight', () => {
		expect(words('2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z')).toBe(
			'torsdag 1. oktober til og med lørdag 31. oktober',
		);
		expect(words('2026-09-30T22:00:00Z', '2026-10-01T22:00:00Z')).toBe('torsdag 1. oktober');
		expect(words('2026-09-30T22:00:00Z', '2026-10-01T10:30:00Z')).toBe(
			'fra torsdag 1. oktober kl.\u00a000.00 til torsdag 1. oktober kl.\u00a012.30',
		);
	});
});
