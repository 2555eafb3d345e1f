import { Fragment, Suspense } from 'react';
import { Disclosure } from '@/components/Disclosure';
import { lazily } from '@/components/lazily';
import { useSpeech } from '@/i18n';
import { QuestionField } from './QuestionField';
import type { CatalogueFactFragment } from './report.generated';
import { useReport } from './ReportProvider';
import { namedParts, type Step } from './steps';

// Folded, and only for those who are signed in: nobody's first question waits for it.
const Registered = lazily(() => import('./Registered'));

type Told = { errors: ReadonlyMap<string, string>; warnings: ReadonlyMap<string, string> };

/** The questions of a step: what is needed in the open, what can wait and what is registered folded below. */
export function StepQuestions({ step, ...told }: { step: Step } & Told) {
	const { m, say } = useSpeech();
	const { answers, earlier } = useReport();
	const more = step.later ? [] : step.parts.flatMap((part) => part.more);
	const registered = step.parts.flatMap((part) => part.registered);
	const ask = (fact: CatalogueFactFragment) => <Question key={fact.id} fact={fact} {...told} />;
	return (
		<>
			{namedParts(step).map((part, n) => (
				<Fragment key={part.group}>
					{/* The first is named by the title of the page. */}
					{n > 0 && <h2 className="part">{say(part.label)}</h2>}
					{part.main.map(ask)}
					{step.later && part.more.map(ask)}
				</Fragment>
			))}
			{more.length > 0 && (
				<Disclosure
					summary={(earlier ? m.report.told : m.report.more)({ n: more.length })}
					open={!earlier && more.some((fact) => fact.id in answers)}
				>
					{more.map(ask)}
				</Disclosure>
			)}
			{registered.length > 0 && (
				<Suspense>
					<Registered facts={registered} />
				</Suspense>
			)}
		</>
	);
}

function Question({ fact, errors, warnings }: { fact: CatalogueFactFragment } & Told) {
	const { answers, answer } = useReport();
	return (
		<QuestionField
			fact={fact}
			error={errors.get(fact.id)}
			warning={warnings.get(fact.id)}
			typed={answers[fact.id]}
			onChange={(typed) => answer(fact.id, typed)}
		/>
	);
}
