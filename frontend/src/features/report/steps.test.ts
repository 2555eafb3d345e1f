// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fact } from '@/testing/fixtures';
import { remember, stepIndex, stepsOf } from './steps';

const catalogue = [
	fact('kind', 'ENUM', { group: 'what' }),
	fact('aware', 'INSTANT', { group: 'when' }),
	fact('loss', 'MONEY_EUR', { group: 'impact' }),
	fact('users', 'INTEGER', { group: 'impact' }),
	fact('cvr', 'TEXT', { group: 'organisation' }),
];
const ask = (id: string, need: 'DECIDES' | 'REQUIRED' | 'IF_AVAILABLE' | 'OPTIONAL') => ({
	fact: { id },
	for: ['nis2_dk/early_warning'],
	need,
});
const ids = (facts: { id: string }[] | undefined) => facts?.map((each) => each.id);

describe('the steps of the questionnaire', () => {
	it('are the groups that have a question, in the order of the catalogue', () => {
		const questions = [ask('users', 'REQUIRED'), ask('kind', 'DECIDES')];
		const steps = stepsOf(catalogue, questions, {}, {}, remember(new Map(), questions));
		expect(steps.map((step) => step.group)).toEqual(['what', 'impact']);
	});

	it('set apart what may wait', () => {
		const questions = [ask('loss', 'OPTIONAL'), ask('users', 'REQUIRED')];
		const [step] = stepsOf(catalogue, questions, {}, {}, remember(new Map(), questions));
		expect(ids(step?.main)).toEqual(['users']);
		expect(ids(step?.more)).toEqual(['loss']);
	});

	it('that can wait come last', () => {
		const questions = [ask('kind', 'OPTIONAL'), ask('users', 'REQUIRED')];
		const steps = stepsOf(catalogue, questions, {}, {}, remember(new Map(), questions));
		expect(steps.map(({ group, later }) => [group, later])).toEqual([
			['impact', false],
			['what', true],
		]);
	});

	it('keep a question that was answered, in its place, although it is asked no more', () => {
		const needs = remember(new Map(), [ask('loss', 'OPTIONAL'), ask('users', 'REQUIRED')]);
		const [step] = stepsOf(catalogue, [ask('users', 'REQUIRED')], { loss: { text: '1' } }, {}, needs);
		expect(ids(step?.more)).toEqual(['loss']);
	});

	it('let go of a question that is neither asked nor answered', () => {
		const needs = remember(new Map(), [ask('loss', 'REQUIRED')]);
		expect(stepsOf(catalogue, [], {}, {}, needs)).toEqual([]);
	});

	it('show what is registered instead of asking it, until it is edited', () => {
		const questions = [ask('cvr', 'REQUIRED')];
		const needs = remember(new Map(), questions);
		const [step] = stepsOf(catalogue, questions, {}, { cvr: '12345674' }, needs);
		expect([ids(step?.registered), ids(step?.main)]).toEqual([['cvr'], []]);
		const [edited] = stepsOf(catalogue, questions, { cvr: { text: '1' } }, { cvr: '12345674' }, needs);
		expect([ids(edited?.registered), ids(edited?.main)]).toEqual([[], ['cvr']]);
	});

	it('start at the first when the address names none that exists', () => {
		const steps = stepsOf(catalogue, [ask('kind', 'DECIDES'), ask('aware', 'REQUIRED')], {}, {}, new Map());
		expect([stepIndex(steps, 'when'), stepIndex(steps, 'gone'), stepIndex(steps, undefined)]).toEqual([
			1, 0, 0,
		]);
	});
});
