import type { SummaryItem } from '@/components/ErrorSummary';
import type { ProblemFragment } from '@/features/assessment/assessment.generated';
import type { Language } from '@/i18n';
import type { Messages } from '@/i18n/da';
import { number } from '@/i18n/format';
import { TEXT_LIMIT, type Mistake } from './answers';
import { fieldId } from './fields/shared';

/** What is wrong with an answer, and what to write instead. */
export function mistakeText(mistake: Mistake, m: Messages, language: Language): string {
	if (mistake.code !== 'tooLong') return m.report.mistake[mistake.code];
	return m.report.tooLong({ n: number(mistake.length, language), limit: number(TEXT_LIMIT, language) });
}

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
	for (const mistake of mistakes) errors.set(mistake.fact, mistakeText(mistake, m, language));
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
