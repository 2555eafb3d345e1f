// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { brief, calendarDay, day, deadline, duration, moment, number, relative, tenths } from './format';

const now = new Date('2026-11-24T14:35:00+01:00');
const at = (iso: string) => new Date(iso);

describe('deadlines in words', () => {
	it('are absolute, in Danish time, wherever the reader sits', () => {
		expect(deadline(at('2026-11-24T21:15:00Z'), 'da', now)).toBe('tirsdag 24. november kl.\u00a022.15');
		expect(deadline(at('2026-11-24T21:15:00Z'), 'en', now)).toBe('Tuesday 24 November at 22:15');
		expect(deadline(at('2026-06-30T21:15:00Z'), 'da', now)).toBe('tirsdag 30. juni kl.\u00a023.15');
	});

	it('name the year when it is another', () => {
		expect(day(at('2027-01-04T10:00:00Z'), 'da', now)).toBe('mandag 4. januar 2027');
	});

	it('have a year where the API gives a mere day, and averages their decimal, in the language of the reader', () => {
		expect(calendarDay('2026-11-26', 'da')).toBe('26. nov. 2026');
		expect(calendarDay('2026-11-26', 'en')).toBe('26 Nov 2026');
		expect([tenths(0, 'da'), tenths(0, 'en')]).toEqual(['0,0', '0.0']);
	});

	it('end with the day, not at the beginning of the next', () => {
		expect(deadline(at('2026-11-27T00:00:00+01:00'), 'da', now)).toBe('torsdag 26. november kl.\u00a024.00');
		expect(deadline(at('2026-11-27T00:00:00+01:00'), 'en', now)).toBe('the end of Thursday 26 November');
		expect(moment(at('2026-11-27T00:00:00+01:00'), 'da', now)).toBe('fredag 27. november kl.\u00a000.00');
	});

	it.each([
		['2026-11-24T22:15:00+01:00', 'om 7 t 40 min', 'in 7 h 40 min'],
		['2026-11-24T15:35:00+01:00', 'om 1 t', 'in 1 h'],
		['2026-11-24T14:36:00+01:00', 'om 1 min', 'in 1 min'],
		['2026-11-24T14:35:00+01:00', 'nu', 'now'],
		['2026-11-24T12:30:00+01:00', 'for 2 t 5 min siden', '2 h 5 min ago'],
		['2026-11-27T14:35:00+01:00', 'om 3 dage', 'in 3 days'],
		['2026-11-26T14:34:00+01:00', 'om 47 t 59 min', 'in 47 h 59 min'],
	])('%s is also told from now', (iso, danish, english) => {
		expect(relative(at(iso), 'da', now)).toBe(danish);
		expect(relative(at(iso), 'en', now)).toBe(english);
	});

	it('are short in tables', () => {
		expect(brief(at('2026-11-24T21:15:00Z'), 'da', now)).toBe('24. nov. kl.\u00a022.15');
		expect(brief(at('2025-11-24T21:15:00Z'), 'en', now)).toBe('24 Nov 2025 22:15');
	});
});

describe('numbers and lengths', () => {
	it('follow the language', () => {
		expect([number(1200.5, 'da'), number(1200.5, 'en')]).toEqual(['1.200,5', '1,200.5']);
		expect([duration(150, 'da'), duration(60, 'en'), duration(45, 'da')]).toEqual([
			'2 t 30 min',
			'1 h',
			'45 min',
		]);
	});
});
