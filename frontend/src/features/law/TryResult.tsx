import { useState } from 'react';
import { Alert } from '@/components/Alert';
import { Disclosure } from '@/components/Disclosure';
import { SeverityMark } from '@/components/SeverityMark';
import { useNow } from '@/components/useNow';
import { Laws } from '@/features/assessment/Laws';
import { Recipients } from '@/features/assessment/Recipients';
import { Clocks } from '@/features/incident/Sections';
import type { Facts } from '@/features/report/answers';
import type { CatalogueFactFragment } from '@/features/report/report.generated';
import type { Assessment, useAssessment } from '@/features/report/useAssessment';
import { inWords } from '@/features/report/words';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { ChangeTable } from './ChangeTable';
import { differences, type Words } from './statements';

/** What was stated, and what came of it. */
type Step = { facts: Facts; version: string; assessment: Assessment };

/** The last two states whose assessment has come. */
export function useSteps(
	facts: Facts,
	version: string,
	assessing: ReturnType<typeof useAssessment>,
): { before: Step | null; now: Step | null } {
	const [steps, setSteps] = useState<{ before: Step | null; now: Step | null }>({ before: null, now: null });
	const { assessment, settled } = assessing;
	if (assessment && settled && assessment !== steps.now?.assessment) {
		const now = { facts, version, assessment };
		const content = (step: Step | null) => JSON.stringify([step?.facts, step?.version]);
		// The same question asked again is not a change.
		setSteps(content(steps.now) === content(now) ? { ...steps, now } : { before: steps.now, now });
	}
	return steps;
}

/** In whose words the assessments are told apart. */
export function useWords(labelOf: (fact: string) => string): Words {
	const { m, language } = useSpeech();
	const t = useTexts(law);
	const now = useNow();
	return { m, t, language, now, labelOf };
}

/** What the last change did, and why. */
export function Changed(props: {
	steps: { before: Step | null; now: Step | null };
	catalogue: readonly CatalogueFactFragment[];
	words: Words;
}) {
	const t = useTexts(law);
	const { before, now } = props.steps;
	if (!before || !now) return <p>{t.changedFirst}</p>;
	const found = differences(before.assessment, now.assessment, props.words);
	return (
		<>
			<Cause before={before} now={now} catalogue={props.catalogue} words={props.words} />
			{found.length === 0 && <p>{t.changedNone}</p>}
			{found.map(({ group, rows }) => (
				<div key={group}>
					<h3>{t.groups[group]}</h3>
					<ChangeTable
						caption={`${t.changedTitle}: ${t.groups[group]}`}
						before={t.before}
						after={t.now}
						rows={rows}
					/>
				</div>
			))}
		</>
	);
}

/** A question ends with its own mark. */
const named = (label: string) => (label.endsWith('?') ? label : `${label}:`);

/** What was changed: the version, or facts. */
function Cause(props: {
	before: Step;
	now: Step;
	catalogue: readonly CatalogueFactFragment[];
	words: Words;
}) {
	const { m, language } = useSpeech();
	const t = useTexts(law);
	const { before, now } = props;
	const value = (facts: Facts, id: string) => {
		const fact = props.catalogue.find((each) => each.id === id);
		if (!(id in facts)) return t.absent;
		return fact ? inWords(fact, facts[id], m, language) : JSON.stringify(facts[id]);
	};
	const ids = [...new Set([...Object.keys(before.facts), ...Object.keys(now.facts)])].filter(
		(id) => JSON.stringify(before.facts[id]) !== JSON.stringify(now.facts[id]),
	);
	const lines = ids.map(
		(id) => `${named(props.words.labelOf(id))} ${value(before.facts, id)} → ${value(now.facts, id)}`,
	);
	if (before.version !== now.version) lines.unshift(`${t.tryVersion}: ${before.version} → ${now.version}`);
	return (
		<div className="try-cause">
			<p>
				<strong>{t.youChanged}</strong>
			</p>
			<ul>
				{lines.map((line) => (
					<li key={line}>{line}</li>
				))}
			</ul>
		</div>
	);
}

/** The same facts under two versions: what they say otherwise. */
export function Differ(props: { one: Step; other: Step; words: Words }) {
	const t = useTexts(law);
	const { one, other } = props;
	const found = differences(one.assessment, other.assessment, props.words);
	const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
	return (
		<section className="panel" aria-labelledby="differ-title">
			<h2 id="differ-title">{t.differTitle({ one: one.version, other: other.version })}</h2>
			<p role="status">{count === 0 ? t.differNone : t.differCount({ n: count })}</p>
			{found.map(({ group, rows }) => (
				<div key={group}>
					<h3>{t.groups[group]}</h3>
					<ChangeTable
						caption={`${t.differTitle({ one: one.version, other: other.version })}: ${t.groups[group]}`}
						before={one.version}
						after={other.version}
						rows={rows}
						sideBySide
					/>
				</div>
			))}
		</section>
	);
}

/** Everything that the rules say of the facts. */
export function Whole({ step, labelOf }: { step: Step; labelOf: (fact: string) => string }) {
	const { m } = useSpeech();
	const t = useTexts(law);
	const { assessment } = step;
	return (
		<section className="panel" aria-labelledby="whole-title">
			<h2 id="whole-title">{t.wholeTitle({ version: step.version })}</h2>
			{assessment.problems.length > 0 && (
				<Alert kind="warning" title={t.problems}>
					<Problems assessment={assessment} labelOf={labelOf} />
				</Alert>
			)}
			<p>
				{t.groups.severity}:{' '}
				<SeverityMark level={assessment.severity.level} name={assessment.severity.name} />
			</p>
			<h3>{m.assessment.laws}</h3>
			<Laws regimes={assessment.regimes} labelOf={labelOf} />
			<h3>{t.groups.duties}</h3>
			{assessment.obligations.length > 0 ? <Clocks duties={assessment.obligations} /> : <p>{t.noDuties}</p>}
			<h3>{t.groups.units}</h3>
			{assessment.routes.length > 0 ? <Recipients routes={assessment.routes} /> : <p>{t.noUnits}</p>}
			{assessment.questions.length > 0 && (
				<Disclosure summary={`${t.groups.questions} (${assessment.questions.length})`}>
					<ul className="reasons">
						{assessment.questions.map(({ fact, need }) => (
							<li key={fact.id}>
								{labelOf(fact.id)} <span className="quiet">{t.need[need]}</span>
							</li>
						))}
					</ul>
				</Disclosure>
			)}
		</section>
	);
}

function Problems({ assessment, labelOf }: { assessment: Assessment; labelOf: (fact: string) => string }) {
	const { m, say } = useSpeech();
	return (
		<ul>
			{assessment.problems.map((problem) => (
				<li key={problem.fact + problem.code}>
					{labelOf(problem.fact)}: {say(problem.message)}{' '}
					{problem.suggestion && m.report.didYouMean({ word: problem.suggestion })}
				</li>
			))}
		</ul>
	);
}
