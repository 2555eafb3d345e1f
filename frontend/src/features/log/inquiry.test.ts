import { expect, test } from 'vitest';
import { emptyInquiry, fileAddress, readInquiry } from './inquiry';

const now = new Date('2026-11-25T12:00:00Z');

test('days are Danish days, and the last one is in it', () => {
	const typed = { case: ' 2026-17 ', incident: '', from: '25.10.2026', until: '2026-10-25' };
	// The night in which the clocks go back: that day has 25 hours.
	expect(readInquiry(typed, now)).toEqual({
		case: '2026-17',
		incident: null,
		from: '2026-10-24T22:00:00.000Z',
		until: '2026-10-25T23:00:00.000Z',
	});
});

test('every field that cannot be read is named', () => {
	expect(readInquiry(emptyInquiry, now)).toEqual({ case: true });
	const typed = { case: 'x'.repeat(61), incident: '', from: '31.2.2026', until: 'soon' };
	expect(readInquiry(typed, now)).toEqual({ case: true, from: true, until: true });
	const backwards = { case: '1', incident: '', from: '2.11.2026', until: '1.11.2026' };
	expect(readInquiry(backwards, now)).toEqual({ until: true });
});

test('the address of a file carries what was asked for, and nothing that was not', () => {
	const inquiry = { case: '2026/17 & 18', incident: null, from: '2026-10-24T22:00:00.000Z', until: null };
	expect(fileAddress('csv', inquiry, 'da')).toBe(
		'/uses.csv?case=2026%2F17+%26+18&from=2026-10-24T22%3A00%3A00.000Z&language=da',
	);
});
