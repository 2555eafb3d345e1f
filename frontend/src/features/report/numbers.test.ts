// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readDuration, readNumber } from './numbers';

describe('numbers as people type them', () => {
	it.each([
		['1200', 1200],
		['1.200', 1200],
		['1 200', 1200],
		['1.200.000', 1_200_000],
		['1.200,50', 1200.5],
		['1,200.50', 1200.5],
		['2,5', 2.5],
		['2.5', 2.5],
		['1,5 mio.', 1_500_000],
		['3 million', 3_000_000],
		['0', 0],
	])('reads %s', (text, value) => {
		expect(readNumber(text, false)).toBe(value);
	});

	it('takes a comma before three digits as grouping only where a whole number is due', () => {
		expect(readNumber('1,200', true)).toBe(1200);
		expect(readNumber('1,200', false)).toBe(1.2);
	});

	it.each(['', 'mange', '1.2.3', '12 stk', '1,2,3', '--1'])('does not guess at "%s"', (text) => {
		expect(readNumber(text, false)).toBeNull();
	});

	it('refuses a fraction where a whole number is due', () => {
		expect(readNumber('1,5', true)).toBeNull();
	});
});

describe('lengths of time as people type them', () => {
	it.each([
		['90', 90],
		['2 timer', 120],
		['1 t 30 min', 90],
		['1 time og 30 minutter', 90],
		['1:30', 90],
		['2 dage', 2880],
		['2 hours', 120],
		['1,5 time', 90],
		['0', 0],
	])('reads %s', (text, minutes) => {
		expect(readDuration(text)).toBe(minutes);
	});

	it.each(['', 'længe', '2 uger', '1,5', 'ca.', '-5'])('does not guess at "%s"', (text) => {
		expect(readDuration(text)).toBeNull();
	});
});
