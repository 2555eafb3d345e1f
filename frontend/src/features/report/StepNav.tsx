import { Link } from '@tanstack/react-router';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/Icon';
import { useSpeech } from '@/i18n';
import type { Step } from './steps';

/** The way back: to the answers that are being checked, to the step before, or to the front page. */
export function Back(props: { steps: readonly Step[]; index: number; toCheck: boolean }) {
	const { m } = useSpeech();
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
	if (!before) {
		return (
			<Link to="/" className="back">
				{content}
			</Link>
		);
	}
	return (
		<Link to="/report" search={{ step: before.group }} className="back">
			{content}
		</Link>
	);
}

/** How far one is; unfolded, all steps, to go to in any order. The last is to check the answers. */
export function StepNav({ steps, index }: { steps: readonly Step[]; index: number }) {
	const { m, say } = useSpeech();
	return (
		<nav aria-label={m.report.steps} className="steps">
			<p className="progress" aria-hidden="true">
				{steps.map((step, n) => (
					<span
						key={step.group}
						className={n === index ? 'progress-here' : n < index ? 'progress-done' : undefined}
					/>
				))}
			</p>
			<Disclosure key={index} summary={m.report.step({ n: index + 1, of: steps.length })}>
				<ol>
					{steps.map((step, n) => (
						<li key={step.group}>
							<Link
								to="/report"
								search={{ step: step.group }}
								{...(n === index ? { 'aria-current': 'step' as const } : {})}
							>
								{say(step.label)}
							</Link>
						</li>
					))}
					<li>
						<Link to="/report/check">{m.report.checkStep}</Link>
					</li>
				</ol>
			</Disclosure>
		</nav>
	);
}
