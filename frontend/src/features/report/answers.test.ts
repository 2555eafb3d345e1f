// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fact, option } from '@/testing/fixtures';
import { TEXT_LIMIT, toFacts, typedFromValue, type Typed } from './answers';
import type { CatalogueFactFragment } from './report.generated';

const now = new Date('2026-11-25T09:00:00Z');
const one = (type: CatalogueFactFragment['type'], typed: Typed, more = {}) =>
	toFacts([fact('f', type, more)], { f: typed }, {}, now);

describe('facts from what was typed', () => {
	it.each([
		['BOOL', { choice: 'yes' }, true],
		['BOOL', { choice: 'no' }, false],
		['ENUM', { choice: 'ransomware' }, 'ransomware'],
		['SET', { choices: ['a', 'b'] }, ['a', 'b']],
		['COUNTRIES', { choices: ['SE'] }, ['SE']],
		['INTEGER', { text: '1.200' }, 1200],
		['MONEY_EUR', { text: '1,5 mio' }, 1_500_000],
		['MINUTES', { text: '2 t' }, 120],
		['PERCENT', { text: '12,5' }, 12.5],
		['TEXT', { text: ' sket ' }, 'sket'],
		[
			'INSTANT',
			{ moment: { day: '24', month: '11', year: '2026', time: '14.30' } },
			'2026-11-24T14:30:00+01:00',
		],
	] as const)('%s', (type, typed, value) => {
		expect(one(type, typed as unknown as Typed)).toEqual({ facts: { f: value }, mistakes: [] });
	});

	it('takes "not known yet" as an answer, whatever else stands in the field', () => {
		expect(one('INTEGER', { unknown: true, text: 'mange' })).toEqual({
			facts: { f: 'unknown' },
			mistakes: [],
		});
	});

	it.each([
		['INTEGER', 'mange', 'whole'],
		['DECIMAL', 'mange', 'number'],
		['INTEGER', '-1', 'negative'],
		['PERCENT', '101', 'percent'],
		['MINUTES', 'længe', 'duration'],
		['TEXT', 'x'.repeat(TEXT_LIMIT + 1), 'tooLong'],
	] as const)('%s: leaves out what cannot be read, and says so', (type, text, code) => {
		const mistake = { fact: 'f', code, ...(code === 'tooLong' ? { length: text.length } : {}) };
		expect(one(type, { text })).toEqual({ facts: {}, mistakes: [mistake] });
	});

	it('has no fact for a field that was left blank', () => {
		expect(one('TEXT', { text: '  ' })).toEqual({ facts: {}, mistakes: [] });
		expect(one('SET', { choices: [] })).toEqual({ facts: {}, mistakes: [] });
		expect(one('INSTANT', { moment: { day: '', month: '', year: '', time: '' } }).mistakes).toEqual([]);
	});

	it('stands on top of what is registered', () => {
		const catalogue = [fact('org.employees', 'INTEGER')];
		const registered = { 'org.employees': 420, 'org.cvr': '12345674' };
		expect(toFacts(catalogue, { 'org.employees': { text: '500' } }, registered, now).facts).toEqual({
			'org.employees': 500,
			'org.cvr': '12345674',
		});
	});
});

describe('editing what is registered', () => {
	it.each([
		[fact('f', 'BOOL'), true],
		[fact('f', 'INTEGER'), 420],
		[fact('f', 'DECIMAL'), 1.5],
		[fact('f', 'ENUM', { options: [option('a')] }), 'a'],
		[fact('f', 'SET', { options: [option('a')] }), ['a']],
		[fact('f', 'TEXT'), '12345674'],
		[fact('f', 'BOOL'), 'unknown'],
	])('starts from the same value (%#)', (each, value) => {
		expect(toFacts([each], { f: typedFromValue(each, value) }, {}, now).facts).toEqual({ f: value });
	});
});
