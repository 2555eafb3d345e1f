import { useState } from 'react';
import type { StepsFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/Icon';
import { SpanLines } from '@/components/SpanLines';
import { useSpeech } from '@/i18n';

type Step = StepsFragment['steps'][number];

/** How many steps of the first phase are shown before the button: more cannot be acted on at once. */
export const FIRST_STEPS = 5;

/**
 * The steps of all playbooks by phase, each step once, the most pressing first. Of those that press alike the first of
 * each playbook comes first: whom to call stands beside what to pull the plug of.
 */
export function phasesOf(
	guidance: readonly StepsFragment[],
): { phase: string; name: Step['phaseName']; steps: Step[] }[] {
	const phases = new Map<string, { phase: string; name: Step['phaseName']; steps: Step[] }>();
	const order = ['immediate', 'first_24h', 'recovery'];
	const steps = guidance
		.flatMap((each) => each.steps.map((step, place) => ({ step, place })))
		.toSorted((a, b) => a.step.urgency - b.step.urgency || a.place - b.place);
	for (const { step } of steps) {
		const known = phases.get(step.phase) ?? { phase: step.phase, name: step.phaseName, steps: [] };
		if (!known.steps.some((each) => sameWords(each, step))) known.steps.push(step);
		phases.set(step.phase, known);
	}
	return [...phases.values()].toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
}

const wordsOf = (step: Step) => step.spans.en.map(({ text }) => text).join('');
const sameWords = (a: Step, b: Step) => wordsOf(a) === wordsOf(b);

/** What to do, first things first. `onlyFirst`: the immediate steps alone, for the receipt. */
export function GuidanceSteps({
	guidance,
	onlyFirst = false,
}: {
	guidance: readonly StepsFragment[];
	onlyFirst?: boolean;
}) {
	const { m } = useSpeech();
	const [all, setAll] = useState(false);
	const phases = phasesOf(guidance);
	const [first, ...later] = phases;
	if (!first) return <p>{m.incident.noGuidance}</p>;
	const hidden = first.steps.slice(FIRST_STEPS);
	const laterCount = onlyFirst ? 0 : later.reduce((sum, phase) => sum + phase.steps.length, 0);
	const more = hidden.length + laterCount;
	return (
		<div className="guidance">
			<Phase phase={first} steps={all ? first.steps : first.steps.slice(0, FIRST_STEPS)} />
			{all &&
				!onlyFirst &&
				later.map((phase) => <Phase key={phase.phase} phase={phase} steps={phase.steps} />)}
			{more > 0 && (
				<button
					type="button"
					className="button button-secondary no-print"
					aria-expanded={all}
					onClick={() => setAll(!all)}
				>
					{all ? m.incident.showLess : m.incident.showMore({ n: more })}
				</button>
			)}
		</div>
	);
}

function Phase({ phase, steps }: { phase: { name: Step['phaseName'] }; steps: readonly Step[] }) {
	const { say } = useSpeech();
	return (
		<>
			<h3>{say(phase.name)}</h3>
			<ol className="guidance-steps">
				{steps.map((step) => (
					<GuidanceStep key={step.id} step={step} />
				))}
			</ol>
		</>
	);
}

function GuidanceStep({ step }: { step: Step }) {
	const { m, say, language } = useSpeech();
	return (
		<li className={step.dont ? 'guidance-step guidance-dont' : 'guidance-step'}>
			<p className="guidance-text">
				<span className="guidance-mark">
					{/* No tick: that would look done. */}
					<Icon name={step.dont ? 'alert' : 'arrow'} />
					{step.dont && m.incident.dont}
				</span>
				<SpanLines spans={step.spans[language]} />
			</p>
			<p className="guidance-meta">
				{say(step.who)} · {say(step.when)}
			</p>
			{step.sources.length > 0 && (
				<Disclosure summary={m.incident.sources}>
					<ul className="reasons">
						{step.sources.map((source) => (
							<li key={source.name}>
								{source.url ? (
									<a href={source.url} rel="noreferrer">
										{source.name}
									</a>
								) : (
									source.name
								)}
							</li>
						))}
					</ul>
					{step.confidence !== 'official' && <p>{m.incident.derived}</p>}
				</Disclosure>
			)}
		</li>
	);
}
