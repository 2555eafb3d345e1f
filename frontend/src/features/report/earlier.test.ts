import { describe, expect, it } from 'vitest';
import { blankAssessment, duty, fact } from '@/testing/fixtures';
import { earlierOf } from './earlier';
import type { Assessment } from './useAssessment';

const catalogue = [
	fact('kind', 'ENUM'),
	fact('aware', 'INSTANT'),
	fact('personal', 'BOOL'),
	fact('users', 'INTEGER'),
	fact('employees', 'INTEGER'),
];
const told = (id: string, value: unknown) => ({ fact: { id }, value, unknown: value === null });
const incident = {
	id: 'incident_1',
	number: 'V-2026-00042',
	facts: [
		told('kind', 'ransomware'),
		told('aware', '2026-11-24T13:35:12Z'),
		told('personal', null),
		told('employees', 420),
		told('gone', 'of an older pack'),
	],
	obligations: [
		{ regime: 'nis2', stage: 'first', status: 'MET' as const },
		{ regime: 'nis2', stage: 'second', status: 'OPEN' as const },
	],
};
const earlier = earlierOf(incident, catalogue, { employees: 420 });
const question = (id: string, places: string[]) => ({
	fact: { id },
	for: places,
	need: 'REQUIRED' as const,
});

describe('what was reported earlier', () => {
	it('stands in its fields, in Danish time; what repeats the registration does not', () => {
		expect(earlier.answers).toEqual({
			kind: { choice: 'ransomware' },
			aware: { moment: { day: '24', month: '11', year: '2026', time: '14.35' } },
			personal: { unknown: true },
		});
		expect(earlier.facts).toMatchObject({ personal: 'unknown', aware: '2026-11-24T13:35:12Z' });
	});

	it('asks for what open stages and every report want, not for what only a met stage wanted', () => {
		const questions = [
			question('a', ['nis2/first']),
			question('b', ['nis2/first', 'nis2/second']),
			question('c', []),
			question('d', ['gdpr_33']),
		];
		const found = earlier.further({ ...blankAssessment, questions, missing: questions } as Assessment);
		expect(found.questions.map((each) => each.fact.id)).toEqual(['b', 'c', 'd']);
		expect(found.missing.map((each) => each.fact.id)).toEqual(['c']);
	});

	it('keeps met what is met, whatever the clock says', () => {
		const obligations = [
			duty({ regime: 'nis2', stage: 'first', status: 'LATE' }),
			duty({ regime: 'nis2', stage: 'second', status: 'LATE' }),
		];
		const found = earlier.further({ ...blankAssessment, obligations } as Assessment);
		expect(found.obligations.map((each) => each.status)).toEqual(['MET', 'LATE']);
	});

	it('puts what is not known and what is newly asked before what was told', () => {
		const needed = earlier.needed([question('personal', []), question('users', ['nis2/second'])]);
		expect([needed.get('personal'), needed.get('users'), needed.get('kind')]).toEqual([true, true, false]);
	});
});
