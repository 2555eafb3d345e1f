import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { ErrorSummary, goToField } from '@/components/ErrorSummary';
import { lazily } from '@/components/lazily';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { AssessmentPanel } from '@/features/assessment/AssessmentPanel';
import { DraftStatus } from '@/features/report/DraftStatus';
import { fieldId } from '@/features/report/fields/shared';
import { errorsByFact, summaryOf } from '@/features/report/problems';
import { useReport } from '@/features/report/ReportProvider';
import { namedParts, questionsOf, stepIndex, type Step } from '@/features/report/steps';
import { StepQuestions } from '@/features/report/StepQuestions';
import { Back, StepNav } from '@/features/report/StepNav';
import { useSpeech } from '@/i18n';

const SummaryBar = lazily(() => import('@/features/assessment/SummaryBar'));

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
		if (search.fact === fact) goToField(fieldId(fact));
	};
	if (!step) {
		return <Loading failed={assessing.failed} failure={m.report.loadFailed} onRetry={assessing.retry} />;
	}
	return (
		<div className="report">
			<div className="report-main">
				<StepForm key={step.id} step={step} index={index} back={search.back === 'check'} labelOf={labelOf} />
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
	const there = Boolean(step && questionsOf(step).some((each) => each.id === fact));
	useEffect(() => {
		if (fact && there) goToField(fieldId(fact));
	}, [fact, there]);
}

function StepForm(props: { step: Step; index: number; back: boolean; labelOf: (fact: string) => string }) {
	const { m, say, language } = useSpeech();
	const { steps, mistakes, assessing, earlier } = useReport();
	const [attempts, setAttempts] = useState(0);
	const { step, index } = props;
	const [title] = namedParts(step).map((part) => say(part.label));
	// After what is needed comes the check; what can wait never stands in between.
	const next = props.back ? undefined : steps.slice(index + 1).find((following) => !following.later);
	const here = new Set(questionsOf(step).map((fact) => fact.id));
	const all = errorsByFact(mistakes, assessing.assessment?.problems ?? [], m, language);
	const errors = new Map([...all].filter(([fact]) => here.has(fact)));
	const shown = attempts > 0 ? errors : new Map<string, string>();
	const warnings = new Map(
		(assessing.assessment?.warnings ?? []).map((each) => [each.fact, say(each.message)]),
	);
	const slow = useGoOn(attempts, errors.size > 0, next);
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
			<PageTitle error={shown.size > 0}>{title ?? ''}</PageTitle>
			{index === 0 && !earlier && <p className="lead">{m.report.notYet}</p>}
			<StepQuestions step={step} errors={shown} warnings={warnings} />
			<div className="actions">
				<button type="submit" className="button button-primary">
					{next ? m.report.next : m.report.toCheck}
				</button>
				<p role="status" className="actions-status">
					{slow ? m.report.stillChecking : assessing.failed ? m.report.unchecked : ''}
				</p>
			</div>
		</form>
	);
}

/** How long a check may take before the page says that it is still at it. */
const SLOW_MS = 2000;

/**
 * After each attempt: on to the next step, or to the check when there is none. What was typed last is assessed first: it
 * may be wrong, and it may change which step is next. A server that does not answer holds nobody back. True while the check takes long.
 */
function useGoOn(attempts: number, wrong: boolean, next: Step | undefined): boolean {
	const { assessing } = useReport();
	const navigate = useNavigate();
	const answered = useRef(0);
	const [slow, setSlow] = useState(false);
	const known = assessing.settled || assessing.failed;
	useEffect(() => {
		if (attempts === answered.current) return;
		if (!known) {
			const timer = setTimeout(() => setSlow(true), SLOW_MS);
			return () => {
				clearTimeout(timer);
				setSlow(false);
			};
		}
		answered.current = attempts;
		if (wrong) return;
		if (next) void navigate({ to: '/report', search: { step: next.id } });
		else void navigate({ to: '/report/check' });
	}, [attempts, known, wrong, next, navigate]);
	return slow;
}
