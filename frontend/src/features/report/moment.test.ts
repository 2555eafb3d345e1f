// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { emptyMoment, readMoment, readTime, splitDate, typedFrom } from './moment';

const now = new Date('2026-11-25T09:00:00Z');
const at = (day: string, month: string, year: string, time: string, later = false) =>
	readMoment({ day, month, year, time, later }, now);

describe('a time as people type it', () => {
	it.each([
		['14.30', 870],
		['14:30', 870],
		['1430', 870],
		['930', 570],
		['0930', 570],
		['14', 840],
		['9', 540],
		['kl. 14', 840],
		['ca. 14', 840],
		['ca. kl. 14.05', 845],
		['2 pm', 840],
		['2.30 p.m.', 870],
		['12 am', 0],
		['00.00', 0],
		['23.59', 1439],
	])('reads %s', (text, minutes) => {
		expect(readTime(text)).toBe(minutes);
	});

	it.each(['', '24.00', '14.60', 'om natten', '13 pm', '14.3', '123456'])(
		'does not guess at "%s"',
		(text) => {
			expect(readTime(text)).toBeNull();
		},
	);
});

describe('a date as people type it', () => {
	it('reads numbers and names of months, in Danish winter time', () => {
		expect(at('24', '11', '2026', '14.30')).toMatchObject({
			iso: '2026-11-24T14:30:00+01:00',
			ambiguous: false,
		});
		expect(at('24', 'nov', '2026', '14.30')).toMatchObject({ iso: '2026-11-24T14:30:00+01:00' });
		expect(at('1', 'maj', '26', '8')).toMatchObject({ iso: '2026-05-01T08:00:00+02:00' });
		expect(at('1', 'October', '2026', '8')).toMatchObject({ iso: '2026-10-01T08:00:00+02:00' });
	});

	it('takes a year that was left out as the latest that does not lie ahead', () => {
		expect(at('25', '11', '', '8')).toMatchObject({ iso: '2026-11-25T08:00:00+01:00' });
		expect(at('26', '11', '', '8')).toMatchObject({ iso: '2025-11-26T08:00:00+01:00' });
	});

	it.each([
		['', '11', 'dateMissing'],
		['24', '', 'dateMissing'],
		['31', '2', 'noSuchDate'],
		['29', '2', 'noSuchDate'],
		['x', '2', 'noSuchDate'],
		['1', '13', 'noSuchDate'],
	])('says what is wrong with day "%s" and month "%s"', (day, month, mistake) => {
		expect(at(day, month, '2026', '8')).toEqual({ mistake });
	});

	it('asks for the time', () => {
		expect(at('24', '11', '2026', '')).toEqual({ mistake: 'timeMissing' });
		expect(at('24', '11', '2026', 'aften')).toEqual({ mistake: 'timeUnreadable' });
	});

	it('spreads a whole date over the fields', () => {
		expect(splitDate('27.3.2026')).toEqual({ day: '27', month: '3', year: '2026' });
		expect(splitDate('2026-03-27')).toEqual({ day: '27', month: '03', year: '2026' });
		expect(splitDate('27')).toBeNull();
	});
});

describe('the nights when the clock is changed', () => {
	it('knows the hour that does not exist in March', () => {
		expect(at('29', '3', '2026', '2.30')).toEqual({ mistake: 'noSuchTime' });
		expect(at('29', '3', '2026', '3.00')).toMatchObject({ iso: '2026-03-29T03:00:00+02:00' });
	});

	it('asks which of the two hours in October is meant, and takes the answer', () => {
		expect(at('25', '10', '2026', '2.30')).toMatchObject({
			iso: '2026-10-25T02:30:00+02:00',
			ambiguous: true,
		});
		expect(at('25', '10', '2026', '2.30', true)).toMatchObject({ iso: '2026-10-25T02:30:00+01:00' });
		expect(at('25', '10', '2026', '3.00')).toMatchObject({ ambiguous: false });
	});
});

describe('the quick choices', () => {
	it('write Danish time, and read back as the same minute', () => {
		const typed = typedFrom(new Date('2026-11-24T23:30:00Z'), true);
		expect(typed).toEqual({ day: '25', month: '11', year: '2026', time: '00.30' });
		expect(readMoment(typed, now)).toMatchObject({ at: new Date('2026-11-24T23:30:00Z') });
	});

	it('leave the time to be typed when only the day is known', () => {
		expect(typedFrom(now, false).time).toBe('');
		expect(readMoment(emptyMoment, now)).toEqual({ mistake: 'dateMissing' });
	});
});
