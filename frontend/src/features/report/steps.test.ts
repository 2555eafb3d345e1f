// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fact } from '@/testing/fixtures';
import { namedParts, questionsOf, remember, stepIndex, stepsOf, type Step } from './steps';

const catalogue = [
	fact('kind', 'ENUM', { group: 'what' }),
	fact('aware', 'INSTANT', { group: 'when' }),
	fact('loss', 'MONEY_EUR', { group: 'impact' }),
	fact('users', 'INTEGER', { group: 'impact' }),
	fact('sectors', 'SET', { group: 'services' }),
	fact('cvr', 'TEXT', { group: 'organisation' }),
];
const ask = (id: string, need: 'DECIDES' | 'REQUIRED' | 'IF_AVAILABLE' | 'OPTIONAL') => ({
	fact: { id },
	for: ['nis2_dk/early_warning'],
	need,
});
const ids = (facts: { id: string }[] | undefined) => facts?.map((each) => each.id);
type Asked = ReturnType<typeof ask>;
const assessed = (questions: Asked[], ...blocking: string[]) => ({
	questions,
	missing: questions.filter(({ fact: { id } }) => blocking.includes(id)),
});
const first = (steps: Step[]) => steps[0]?.parts[0];

describe('what is needed now', () => {
	it('is what decides, and what blocks the sending; not what only a later stage requires', () => {
		const questions = [ask('kind', 'DECIDES'), ask('aware', 'REQUIRED'), ask('users', 'REQUIRED')];
		const needed = remember(new Map(), assessed(questions, 'aware'), {});
		expect([...needed]).toEqual([
			['kind', true],
			['aware', true],
			['users', false],
		]);
	});

	it('stays so when "not known yet" was answered, and ends when the question falls away unanswered', () => {
		const questions = [ask('users', 'REQUIRED')];
		const needed = remember(new Map(), assessed(questions, 'users'), {});
		const unknown = { users: { unknown: true } };
		expect(remember(needed, assessed(questions), unknown).get('users')).toBe(true);
		expect(remember(needed, assessed(questions), {}).get('users')).toBe(false);
	});

	it('is not what was told although it could wait', () => {
		const questions = [ask('users', 'IF_AVAILABLE')];
		const needed = remember(new Map(), assessed(questions), {});
		expect(remember(needed, assessed(questions), { users: { unknown: true } }).get('users')).toBe(false);
	});

	it('counts what was answered before a reload as needed', () => {
		const questions = [ask('users', 'REQUIRED')];
		expect(remember(new Map(), assessed(questions), { users: { unknown: true } }).get('users')).toBe(true);
	});
});

describe('the steps of the questionnaire', () => {
	it('are the groups that have a question, in the order of the catalogue', () => {
		const questions = [ask('users', 'REQUIRED'), ask('kind', 'DECIDES')];
		const steps = stepsOf(catalogue, questions, {}, {}, new Map());
		expect(steps.map((step) => step.id)).toEqual(['what', 'impact']);
	});

	it('ask groups that belong together on one page, with their own names', () => {
		const questions = [ask('sectors', 'REQUIRED'), ask('cvr', 'REQUIRED')];
		const steps = stepsOf(catalogue, questions, {}, {}, new Map([['cvr', false]]));
		expect(steps.map((step) => step.parts.map((part) => part.group))).toEqual([['services', 'organisation']]);
		expect(steps.map((step) => namedParts(step).map((part) => part.group))).toEqual([['services']]);
		expect(steps.map((step) => ids(questionsOf(step)))).toEqual([['sectors', 'cvr']]);
	});

	it('set apart what may wait', () => {
		const questions = [ask('loss', 'OPTIONAL'), ask('users', 'REQUIRED')];
		const needed = new Map([['loss', false]]);
		const part = first(stepsOf(catalogue, questions, {}, {}, needed));
		expect([ids(part?.main), ids(part?.more)]).toEqual([['users'], ['loss']]);
	});

	it('that can wait come last', () => {
		const questions = [ask('kind', 'OPTIONAL'), ask('users', 'REQUIRED')];
		const steps = stepsOf(catalogue, questions, {}, {}, new Map([['kind', false]]));
		expect(steps.map(({ id, later }) => [id, later])).toEqual([
			['impact', false],
			['what', true],
		]);
	});

	it('keep a question that was answered, in its place, although it is asked no more', () => {
		const needed = new Map([['loss', false]]);
		const answers = { loss: { text: '1' } };
		const part = first(stepsOf(catalogue, [ask('users', 'REQUIRED')], answers, {}, needed));
		expect(ids(part?.more)).toEqual(['loss']);
	});

	it('let go of a question that is neither asked nor answered', () => {
		expect(stepsOf(catalogue, [], {}, {}, new Map([['loss', true]]))).toEqual([]);
	});

	it('show what is registered instead of asking it, until it is edited', () => {
		const questions = [ask('cvr', 'REQUIRED')];
		const registered = { cvr: '12345674' };
		const part = first(stepsOf(catalogue, questions, {}, registered, new Map()));
		expect([ids(part?.registered), ids(part?.main)]).toEqual([['cvr'], []]);
		const edited = first(stepsOf(catalogue, questions, { cvr: { text: '1' } }, registered, new Map()));
		expect([ids(edited?.registered), ids(edited?.main)]).toEqual([[], ['cvr']]);
	});

	it('start at the first when the address names none that exists', () => {
		const questions = [ask('kind', 'DECIDES'), ask('aware', 'REQUIRED'), ask('cvr', 'REQUIRED')];
		const steps = stepsOf(catalogue, questions, {}, {}, new Map());
		expect(['when', 'organisation', 'gone', undefined].map((group) => stepIndex(steps, group))).toEqual([
			1, 2, 0, 0,
		]);
	});
});
