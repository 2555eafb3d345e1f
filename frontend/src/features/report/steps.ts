import type { AskedFragment } from '@/features/assessment/assessment.generated';
import type { Need } from '@/gql/schema';
import type { Answers, Facts } from './answers';
import type { CatalogueFactFragment } from './report.generated';

/** One step of the questionnaire: the questions of a group that are asked now. */
export type Step = {
	group: string;
	label: CatalogueFactFragment['groupLabel'];
	/** What decides which laws apply, and what must be told at this stage. */
	main: CatalogueFactFragment[];
	/** What may be told already, if it is known. */
	more: CatalogueFactFragment[];
	/** What the registration tells. */
	registered: CatalogueFactFragment[];
	/** Nothing in it is needed now: it stands after the others. */
	later: boolean;
};

/** Why each fact was last asked; remembered, so that an answered question does not change its place. */
export type Needs = ReadonlyMap<string, Need>;

/** What is known of the needs after a new assessment. */
export function remember(needs: Needs, questions: readonly AskedFragment[]): Needs {
	const next = new Map(needs);
	for (const question of questions) next.set(question.fact.id, question.need);
	return next;
}

/**
 * The steps, in the catalogue's order, those that can wait last. Asked is what the assessment asks, and what has been answered: a question does
 * not vanish because it got its answer. Groups without a question are no step.
 */
export function stepsOf(
	catalogue: readonly CatalogueFactFragment[],
	questions: readonly AskedFragment[],
	answers: Answers,
	registered: Facts,
	needs: Needs,
): Step[] {
	const asked = new Set(questions.map((question) => question.fact.id));
	const steps = new Map<string, Step>();
	for (const fact of catalogue) {
		const isRegistered = fact.id in registered && !(fact.id in answers);
		if (!isRegistered && !asked.has(fact.id) && !(fact.id in answers)) continue;
		let step = steps.get(fact.group);
		if (!step) {
			step = { group: fact.group, label: fact.groupLabel, main: [], more: [], registered: [], later: false };
			steps.set(fact.group, step);
		}
		const need = needs.get(fact.id) ?? 'REQUIRED';
		const place = need === 'DECIDES' || need === 'REQUIRED' ? step.main : step.more;
		(isRegistered ? step.registered : place).push(fact);
	}
	const all = [...steps.values()];
	for (const step of all) step.later = step.main.length === 0;
	return [...all.filter((step) => !step.later), ...all.filter((step) => step.later)];
}

/** The step to show: the one in the address, or the first. */
export function stepIndex(steps: readonly Step[], group: string | undefined): number {
	const index = steps.findIndex((step) => step.group === group);
	return index < 0 ? 0 : index;
}
