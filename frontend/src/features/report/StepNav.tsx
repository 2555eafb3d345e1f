import { Link } from '@tanstack/react-router';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/Icon';
import { useSpeech } from '@/i18n';
import { useReport } from './ReportProvider';
import { namedParts, type Step } from './steps';

/** The way back: to the answers that are being checked, to the step before, or to the front page. */
export function Back(props: { steps: readonly Step[]; index: number; toCheck: boolean }) {
	const { m } = useSpeech();
	const { earlier } = useReport();
	const before = props.steps[props.index - 1];
	const content = (
		<>
			<Icon name="back" />
			{m.common.back}
		</>
	);
	if (props.toCheck) {
		return (
			<Link to="/report/check" className="back">
				{content}
			</Link>
		);
	}
	if (!before && earlier) {
		return (
			<Link to="/incident/$id" params={{ id: earlier.id }} className="back">
				{content}
			</Link>
		);
	}
	if (!before) {
		return (
			<Link to="/" className="back">
				{content}
			</Link>
		);
	}
	return (
		<Link to="/report" search={{ step: before.id }} className="back">
			{content}
		</Link>
	);
}

/** How far one is; unfolded, all steps, to go to in any order, those that can wait apart from the rest. */
export function StepNav({ steps, index }: { steps: readonly Step[]; index: number }) {
	const { m } = useSpeech();
	const needed = steps.filter((step) => !step.later);
	const later = steps.filter((step) => step.later);
	const summary = steps[index]?.later ? m.report.later : m.report.step({ n: index + 1, of: needed.length });
	return (
		<nav aria-label={m.report.steps} className="steps">
			<p className="progress" aria-hidden="true">
				{needed.map((step, n) => (
					<span
						key={step.id}
						className={n === index ? 'progress-here' : n < index ? 'progress-done' : undefined}
					/>
				))}
			</p>
			<Disclosure key={index} summary={summary}>
				<ol>
					<StepLinks steps={needed} current={steps[index]} />
					<li>
						<Link to="/report/check">{m.report.checkStep}</Link>
					</li>
				</ol>
				{later.length > 0 && (
					<>
						<p className="steps-later">{m.report.later}</p>
						<ul>
							<StepLinks steps={later} current={steps[index]} />
						</ul>
					</>
				)}
			</Disclosure>
		</nav>
	);
}

function StepLinks({ steps, current }: { steps: readonly Step[]; current: Step | undefined }) {
	const { say } = useSpeech();
	return steps.map((step) => (
		<li key={step.id}>
			<Link
				to="/report"
				search={{ step: step.id }}
				{...(step === current ? { 'aria-current': 'step' as const } : {})}
			>
				{namedParts(step)
					.map((part) => say(part.label))
					.join(' · ')}
			</Link>
		</li>
	));
}
