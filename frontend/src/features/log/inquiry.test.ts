import { expect, test } from 'vitest';
import { emptyInquiry, fileAddress, readInquiry } from './inquiry';

const now = new Date('2026-11-25T12:00:00Z');

test('days are Danish days, and the last one is in it', () => {
	const typed = { ...emptyInquiry, case: ' 2026-17 ', from: '25.10.2026', until: '2026-10-25' };
	// The night in which the clocks go back: that day has 25 hours.
	expect(readInquiry(typed, now)).toEqual({
		case: '2026-17',
		person: null,
		incident: null,
		kind: null,
		from: '2026-10-24T22:00:00.000Z',
		until: '2026-10-25T23:00:00.000Z',
	});
});

test('every field that cannot be read is named', () => {
	expect(readInquiry(emptyInquiry, now)).toEqual({ case: true });
	const typed = { ...emptyInquiry, case: 'x'.repeat(61), from: '31.2.2026', until: 'soon' };
	expect(readInquiry(typed, now)).toEqual({ case: true, from: true, until: true });
	const backwards = { ...emptyInquiry, case: '1', from: '2.11.2026', until: '1.11.2026' };
	expect(readInquiry(backwards, now)).toEqual({ until: true });
});

test('a person is an id as the log writes it, and nothing like it', () => {
	const of = (person: string) => readInquiry({ ...emptyInquiry, case: '1', person }, now);
	const id = `person_019b${'0a'.repeat(14)}`;
	expect(of(` ${id} `)).toMatchObject({ person: id });
	for (const person of ['Mads Krogh', 'person_', id.slice(0, -1), `${id}0`, id.toUpperCase(), `x${id}`]) {
		expect(of(person), person).toEqual({ person: true });
	}
});

test('the address of a file carries what was asked for, and nothing that was not', () => {
	const inquiry = { case: '2026/17 & 18', incident: null, from: '2026-10-24T22:00:00.000Z', until: null };
	expect(fileAddress('csv', inquiry, 'da')).toBe(
		'/uses.csv?case=2026%2F17+%26+18&from=2026-10-24T22%3A00%3A00.000Z&language=da',
	);
	expect(fileAddress('jsonl', { case: '1', person: 'person_1', kind: 'OPENED' }, 'en')).toBe(
		'/uses.jsonl?case=1&person=person_1&kind=OPENED&language=en',
	);
});
