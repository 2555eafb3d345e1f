import { describe, expect, it } from 'vitest';
import { retention } from '@/i18n/retention';
import { lastDayOf, latestDay, mistakeOf, readHold, type TypedHold } from './hold';

const now = new Date('2026-11-25T12:00:00Z');
const frame = { now, language: 'da' as const, t: retention.da.form };
const typed: TypedHold = {
	number: ' v-2026-00042 ',
	until: '31.12.2027',
	reason: 'Politiet har bedt om den.',
};

describe('a hold that is proposed', () => {
	it('ends when its last day does, by the Danish clock', () => {
		const { mistakes, hold } = readHold(typed, 'place', frame);
		expect(mistakes).toEqual([]);
		expect(hold).toEqual({
			number: 'V-2026-00042',
			until: '2028-01-01T00:00:00+01:00',
			reason: 'Politiet har bedt om den.',
		});
	});

	it('lasts no longer than the server allows, to the day', () => {
		// 1825 days after noon of 25 November 2026 it is noon of 24 November 2031; the last day that ends before is the 23rd.
		expect(latestDay(now, 'da')).toBe('søndag 23. november 2031');
		const of = (until: string) => readHold({ ...typed, until }, 'place', frame).mistakes;
		expect(of('23.11.2031')).toEqual([]);
		expect(of('24.11.2031')).toEqual([
			{ field: 'until', text: 'Vælg en dag efter i dag og senest søndag 23. november 2031.' },
		]);
	});

	it('names every field that will not do, and the way out', () => {
		const fields = (until: string) =>
			readHold({ number: ' ', until, reason: 'For kort' }, 'place', frame).mistakes;
		expect(fields('31.2.2027').map(({ field }) => field)).toEqual(['number', 'until', 'reason']);
		expect(fields('31.2.2027')[1]?.text).toContain('en dag, som findes');
		expect(fields('')[1]?.text).toContain('en dag, som findes');
		expect(fields('25.11.2026')[1]?.text).toContain('en dag efter i dag');
		expect(fields('1.1.2020')[1]?.text).toContain('en dag efter i dag');
		expect(fields('1.1.2028').at(-1)?.text).toContain('Der er 8.');
	});

	it('needs no day where it is lifted', () => {
		expect(readHold({ ...typed, until: '' }, 'lift', frame).hold?.number).toBe('V-2026-00042');
	});
});

describe('a refusal', () => {
	it('is shown at the field that it is about', () => {
		expect(mistakeOf('UNKNOWN_INCIDENT', typed, frame)?.field).toBe('number');
		expect(mistakeOf('NOT_HELD', typed, frame)?.field).toBe('number');
		expect(mistakeOf('HOLD_END', typed, frame)?.field).toBe('until');
		expect(mistakeOf('REASON_LENGTH', typed, frame)?.field).toBe('reason');
		expect(mistakeOf('LOST_RIGHT', typed, frame)).toBeNull();
	});
});

describe('the end of a hold', () => {
	it('is its last day, or a moment where it does not end with a day', () => {
		expect(lastDayOf(new Date('2027-12-31T23:00:00Z'), 'da', now)).toBe('fredag 31. december 2027');
		expect(lastDayOf(new Date('2027-12-31T10:30:00Z'), 'en', now)).toBe('Friday 31 December 2027 at 11:30');
	});
});
