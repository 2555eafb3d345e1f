import type { AskedFragment } from '@/features/assessment/assessment.generated';
import type { Answers, Facts } from './answers';
import type { CatalogueFactFragment } from './report.generated';

/** The questions of one group of the catalogue, as they stand in a step. */
export type Part = {
	group: string;
	label: CatalogueFactFragment['groupLabel'];
	/** What decides which laws apply, and what must have an answer before the report can be sent. */
	main: CatalogueFactFragment[];
	/** What may be told already, if it is known. */
	more: CatalogueFactFragment[];
	/** What the registration tells. */
	registered: CatalogueFactFragment[];
};

/** One step of the questionnaire: one group, or a few that are answered together. */
export type Step = {
	/** The first group of its page: the same whatever is asked. */
	id: string;
	/** Never empty; in the catalogue's order. */
	parts: Part[];
	/** Nothing in it is needed now: it stands after the others. */
	later: boolean;
};

/** What has been asked, and whether it was needed then; remembered, so that an answered question keeps its place. */
export type Needed = ReadonlyMap<string, boolean>;

/** Groups that share a page, so that the first report has few. A group that is not named stands alone. */
const TOGETHER = [
	// What the organisation is decides what its impact means, so it is asked before.
	['services', 'organisation'],
	['impact', 'digital', 'telecom', 'essential', 'finance', 'product', 'recurring'],
	['personal_data', 'crime'],
	['response', 'technical', 'closing'],
];

const pageOf = (group: string) => TOGETHER.find((groups) => groups.includes(group))?.[0] ?? group;

/**
 * What is known of the needs after a new assessment. Needed is what decides, and what keeps the report from being sent;
 * what only a later stage requires can wait, and so can what is asked again after "not known yet".
 */
export function remember(
	needed: Needed,
	assessment: { questions: readonly AskedFragment[]; missing: readonly AskedFragment[] },
	answers: Answers,
): Needed {
	const next = new Map(needed);
	for (const { fact, need } of assessment.questions) {
		const stays = fact.id in answers && needed.get(fact.id) !== false;
		next.set(fact.id, need === 'DECIDES' || stays);
	}
	for (const { fact } of assessment.missing) next.set(fact.id, true);
	return next;
}

/**
 * The steps, in the catalogue's order, those that can wait last. Asked is what the assessment asks, and what has been
 * answered: a question does not vanish because it got its answer. Groups without a question are no step.
 */
export function stepsOf(
	catalogue: readonly CatalogueFactFragment[],
	questions: readonly AskedFragment[],
	answers: Answers,
	registered: Facts,
	needed: Needed,
): Step[] {
	const asked = new Set(questions.map((question) => question.fact.id));
	const parts = new Map<string, Part>();
	for (const fact of catalogue) {
		const isRegistered = fact.id in registered && !(fact.id in answers);
		if (!isRegistered && !asked.has(fact.id) && !(fact.id in answers)) continue;
		let part = parts.get(fact.group);
		if (!part) {
			part = { group: fact.group, label: fact.groupLabel, main: [], more: [], registered: [] };
			parts.set(fact.group, part);
		}
		const place = (needed.get(fact.id) ?? true) ? part.main : part.more;
		(isRegistered ? part.registered : place).push(fact);
	}
	const all = pagesOf([...parts.values()]);
	return [...all.filter((step) => !step.later), ...all.filter((step) => step.later)];
}

function pagesOf(parts: readonly Part[]): Step[] {
	const pages = new Map<string, Step>();
	for (const part of parts) {
		const id = pageOf(part.group);
		const step = pages.get(id) ?? { id, parts: [], later: true };
		step.parts.push(part);
		step.later &&= part.main.length === 0;
		pages.set(id, step);
	}
	return [...pages.values()];
}

/** Every question of a step, needed or not. */
export const questionsOf = (step: Step): CatalogueFactFragment[] =>
	step.parts.flatMap((part) => [...part.main, ...part.more]);

/** The parts that give a step its name: what is needed, or everything where all can wait. */
export const namedParts = (step: Step): Part[] =>
	step.later ? step.parts : step.parts.filter((part) => part.main.length > 0);

/** The step to show: the one on whose page the group in the address is, or the first. */
export function stepIndex(steps: readonly Step[], group: string | undefined): number {
	const index = steps.findIndex((step) => group !== undefined && step.id === pageOf(group));
	return index < 0 ? 0 : index;
}

/** The step before the check: the last that is needed. */
export const lastStep = (steps: readonly Step[]): string | undefined =>
	steps.findLast((step) => !step.later)?.id;
