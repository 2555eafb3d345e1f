import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { check } from '@/i18n/check';
import { mistakeText } from './problems';
import type { CatalogueFactFragment } from './report.generated';
import { useReport } from './ReportProvider';
import type { Part } from './steps';
import { inWords } from './words';

/** Every question of the report with its answer, group by group; what was not answered says so. */
export function Answers() {
	const { steps } = useReport();
	return steps.flatMap((step) => step.parts).map((part) => <Group key={part.group} part={part} />);
}

function Group({ part }: { part: Part }) {
	const { m, say } = useSpeech();
	const { answers } = useReport();
	// Optional questions that were left alone would only drown the answers.
	const facts = [...part.main, ...part.more.filter((fact) => fact.id in answers)];
	const title = `check-${part.group}`;
	if (facts.length === 0) return null;
	return (
		<section aria-labelledby={title}>
			<div className="check-head">
				<h2 id={title}>{say(part.label)}</h2>
				<Link to="/report" search={{ step: part.group, back: 'check' }}>
					{m.common.edit} <span className="sr-only">{say(part.label)}</span>
				</Link>
			</div>
			<dl className="answers">
				{facts.map((fact) => (
					<Row key={fact.id} fact={fact} />
				))}
			</dl>
		</section>
	);
}

function Row({ fact }: { fact: CatalogueFactFragment }) {
	const { m, say, language } = useSpeech();
	const t = useTexts(check);
	const { facts, mistakes } = useReport();
	const mistake = mistakes.find((each) => each.fact === fact.id);
	const known = fact.id in facts && !mistake;
	return (
		<div className="answers-row">
			<dt>{say(fact.label)}</dt>
			<dd className={known ? 'answer' : 'answer-none'}>
				{mistake && mistakeText(mistake, m, language)}
				{!mistake && (known ? inWords(fact, facts[fact.id], m, language) : t.notStated)}
				{fact.sensitivity === 'CONFIDENTIAL' && known && <span className="mark">{t.confidential}</span>}
			</dd>
			<dd className="answers-edit">
				<Link to="/report" search={{ step: fact.group, fact: fact.id, back: 'check' }}>
					{m.common.edit} <span className="sr-only">{say(fact.label)}</span>
				</Link>
			</dd>
		</div>
	);
}
