import type { SummaryItem } from '@/components/ErrorSummary';
import type { ProblemFragment } from '@/features/assessment/assessment.generated';
import type { Language } from '@/i18n';
import type { Messages } from '@/i18n/da';
import type { Mistake } from './answers';
import { fieldId } from './fields/shared';

/** What to mend, by fact: what the page cannot read, else what the server cannot take. */
export function errorsByFact(
	mistakes: readonly Mistake[],
	problems: readonly ProblemFragment[],
	m: Messages,
	language: Language,
): Map<string, string> {
	const errors = new Map<string, string>();
	for (const problem of problems) {
		const suggestion = problem.suggestion ? ` ${m.report.didYouMean({ word: problem.suggestion })}` : '';
		errors.set(problem.fact, problem.message[language] + suggestion);
	}
	for (const mistake of mistakes) errors.set(mistake.fact, m.report.mistake[mistake.code]);
	return errors;
}

/** What to mend, with the name of its question; the server's words have it already. */
export const withLabel = (label: string, text: string): string =>
	text.includes(label) ? text : `${label} ${text}`;

/** The error summary for some facts: label and what to do, in the words that stand at the field. */
export function summaryOf(
	errors: ReadonlyMap<string, string>,
	labelOf: (fact: string) => string,
): SummaryItem[] {
	return [...errors].map(([fact, text]) => ({ target: fieldId(fact), text: withLabel(labelOf(fact), text) }));
}
