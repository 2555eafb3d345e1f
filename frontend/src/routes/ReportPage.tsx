import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Disclosure } from '@/components/Disclosure';
import { ErrorSummary, goToField } from '@/components/ErrorSummary';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { AssessmentPanel } from '@/features/assessment/AssessmentPanel';
import { DraftStatus } from '@/features/report/DraftStatus';
import { fieldId } from '@/features/report/fields/shared';
import { errorsByFact, summaryOf } from '@/features/report/problems';
import { QuestionField } from '@/features/report/QuestionField';
import { Registered } from '@/features/report/Registered';
import type { CatalogueFactFragment } from '@/features/report/report.generated';
import { useReport } from '@/features/report/ReportProvider';
import { stepIndex, type Step } from '@/features/report/steps';
import { Back, StepNav } from '@/features/report/StepNav';
import { useSpeech } from '@/i18n';

const SummaryBar = lazy(() => import('@/features/assessment/SummaryBar'));

/** The questionnaire, one group of questions at a time, with what applies beside it. */
export function ReportPage() {
	const { m, say } = useSpeech();
	const report = useReport();
	const search = useSearch({ from: '/report/' });
	const navigate = useNavigate();
	const { steps, assessing, factById } = report;
	const index = stepIndex(steps, search.step);
	const step = steps[index];
	const started = Object.keys(report.answers).length > 0;
	const labelOf = (fact: string) => {
		const known = factById.get(fact);
		return known ? say(known.label) : fact;
	};
	useGoTo(search.fact, step);

	const goTo = (fact: string) => {
		const group = factById.get(fact)?.group;
		void navigate({ to: '/report', search: { step: group, fact } });
		// The same question again changes no address, so the effect above does not run.
		if (group === step?.group) goToField(fieldId(fact));
	};
	if (!step) {
		return <Loading failed={assessing.failed} failure={m.report.loadFailed} onRetry={assessing.retry} />;
	}
	return (
		<div className="report">
			<div className="report-main">
				<StepForm
					key={step.group}
					step={step}
					index={index}
					back={search.back === 'check'}
					labelOf={labelOf}
				/>
				<DraftStatus />
			</div>
			<div className="report-side">
				<AssessmentPanel assessing={assessing} labelOf={labelOf} onGoTo={goTo} started={started} />
			</div>
			{started && (
				<Suspense>
					<SummaryBar assessment={assessing.assessment} />
				</Suspense>
			)}
		</div>
	);
}

/** Puts the focus on the question that a link asked for, once it is on the page. */
function useGoTo(fact: string | undefined, step: Step | undefined) {
	const there = Boolean(step && [...step.main, ...step.more].some((each) => each.id === fact));
	useEffect(() => {
		if (fact && there) goToField(fieldId(fact));
	}, [fact, there]);
}

function StepForm(props: { step: Step; index: number; back: boolean; labelOf: (fact: string) => string }) {
	const { m, say, language } = useSpeech();
	const { steps, mistakes, assessing, answers, earlier } = useReport();
	const navigate = useNavigate();
	const [attempts, setAttempts] = useState(0);
	const answered = useRef(0);
	const { step, index } = props;
	// After what is needed comes the check; what can wait is gone to from the list of steps.
	const following = steps[index + 1];
	const next = following?.later === step.later ? following : undefined;
	const here = new Set([...step.main, ...step.more].map((fact) => fact.id));
	const all = errorsByFact(mistakes, assessing.assessment?.problems ?? [], m, language);
	const errors = new Map([...all].filter(([fact]) => here.has(fact)));
	const shown = attempts > 0 ? errors : new Map<string, string>();
	const warnings = new Map(
		(assessing.assessment?.warnings ?? []).map((each) => [each.fact, say(each.message)]),
	);
	const question = (fact: CatalogueFactFragment) => (
		<Question key={fact.id} fact={fact} error={shown.get(fact.id)} warning={warnings.get(fact.id)} />
	);
	// What was typed last is assessed first: it may be wrong, and it may change which step is next.
	useEffect(() => {
		if (attempts === answered.current || !(assessing.settled || assessing.failed)) return;
		answered.current = attempts;
		if (errors.size > 0) return;
		if (props.back || !next) void navigate({ to: '/report/check' });
		else void navigate({ to: '/report', search: { step: next.group } });
	});
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				setAttempts(attempts + 1);
			}}
		>
			<Back steps={steps} index={index} toCheck={props.back} />
			<ErrorSummary key={attempts} title={m.report.mistakes} items={summaryOf(shown, props.labelOf)} />
			<StepNav steps={steps} index={index} />
			<PageTitle error={shown.size > 0}>{say(step.label)}</PageTitle>
			{index === 0 && !earlier && <p className="lead">{m.report.notYet}</p>}
			<Registered facts={step.registered} />
			{step.main.map(question)}
			{step.later && step.more.map(question)}
			{!step.later && step.more.length > 0 && (
				<Disclosure
					summary={(earlier ? m.report.told : m.report.more)({ n: step.more.length })}
					open={!earlier && step.more.some((fact) => fact.id in answers)}
				>
					{step.more.map(question)}
				</Disclosure>
			)}
			<div className="actions">
				<button type="submit" className="button button-primary">
					{props.back || !next ? m.report.toCheck : m.report.next}
				</button>
			</div>
		</form>
	);
}

function Question(props: {
	fact: CatalogueFactFragment;
	error: string | undefined;
	warning: string | undefined;
}) {
	const { answers, answer } = useReport();
	const { fact } = props;
	return <QuestionField {...props} typed={answers[fact.id]} onChange={(typed) => answer(fact.id, typed)} />;
}
