import { Link } from '@tanstack/react-router';
import { Icon } from '@/components/Icon';
import { useSpeech } from '@/i18n';
import type { Step } from './steps';

/** The steps, to go to in any order; the last is to check the answers. */
export function StepNav({ steps, index }: { steps: readonly Step[]; index: number }) {
	const { m, say } = useSpeech();
	const before = steps[index - 1];
	return (
		<>
			{before ? (
				<Link to="/report" search={{ step: before.group }} className="back">
					<Icon name="back" />
					{m.common.back}
				</Link>
			) : (
				<Link to="/" className="back">
					<Icon name="back" />
					{m.common.back}
				</Link>
			)}
			<nav aria-label={m.report.steps} className="steps">
				<ol>
					{steps.map((step, n) => (
						<li key={step.group}>
							<Link
								to="/report"
								search={{ step: step.group }}
								className={n < index ? 'step step-past' : 'step'}
								{...(n === index ? { 'aria-current': 'step' as const } : {})}
							>
								{say(step.label)}
							</Link>
						</li>
					))}
					<li>
						<Link to="/report/check" className="step">
							{m.report.checkStep}
						</Link>
					</li>
				</ol>
			</nav>
		</>
	);
}
