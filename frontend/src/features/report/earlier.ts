/** What has been reported on an incident already, and how a further report is laid on it. */
import { typedFromValue, UNKNOWN, type Answers, type Facts } from './answers';
import type { EarlierQuery } from './earlier.generated';
import type { CatalogueFactFragment } from './report.generated';
import type { Needed } from './steps';
import type { Assessment } from './useAssessment';

/** An incident that is reported on further. */
export type Earlier = {
	id: string;
	number: string;
	facts: Facts;
	/** The facts in their fields. */
	answers: Answers;
	/** The assessment as it stands for a further report. */
	further: (assessment: Assessment) => Assessment;
	/** Which questions come first. */
	needed: (questions: Assessment['questions']) => Needed;
};

/** What the server tells of the incident, made ready for the questionnaire. */
export function earlierOf(
	incident: NonNullable<EarlierQuery['incident']>,
	catalogue: readonly CatalogueFactFragment[],
	registered: Facts,
): Earlier {
	const facts: Facts = Object.fromEntries(
		incident.facts.map(({ fact, unknown, value }) => [fact.id, unknown ? UNKNOWN : value]),
	);
	const met = new Set(incident.obligations.filter((duty) => duty.status === 'MET').map(placeOf));
	return {
		id: incident.id,
		number: incident.number,
		facts,
		answers: answersOf(catalogue, facts, registered),
		further: (assessment) => further(assessment, met),
		needed: (questions) => neededOf(questions, facts),
	};
}

const placeOf = (duty: { regime: string; stage: string }) => `${duty.regime}/${duty.stage}`;

/** The facts in their fields. What only repeats the registration is shown as registered instead. */
function answersOf(catalogue: readonly CatalogueFactFragment[], facts: Facts, registered: Facts): Answers {
	const answers: Answers = {};
	for (const fact of catalogue) {
		const value = facts[fact.id];
		if (value === undefined || JSON.stringify(value) === JSON.stringify(registered[fact.id])) continue;
		answers[fact.id] = typedFromValue(fact, value);
	}
	return answers;
}

/** What was met is met, nothing is asked that only a met duty wants, and only what every report needs holds it back. */
function further(assessment: Assessment, met: ReadonlySet<string>): Assessment {
	return {
		...assessment,
		obligations: assessment.obligations.map((duty) =>
			met.has(placeOf(duty)) ? { ...duty, status: 'MET' } : duty,
		),
		questions: assessment.questions.filter(
			(question) => question.for.length === 0 || question.for.some((place) => !met.has(place)),
		),
		missing: assessment.missing.filter((question) => question.for.length === 0),
	};
}

/** What was not known and what is newly asked comes first; what was told can be corrected after that. */
function neededOf(questions: Assessment['questions'], facts: Facts): Needed {
	const asked = questions.map(({ fact }): [string, boolean] => [fact.id, true]);
	const told = Object.entries(facts).map(([id, value]): [string, boolean] => [id, value === UNKNOWN]);
	return new Map([...asked, ...told]);
}
