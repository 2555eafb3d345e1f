import { Link } from '@tanstack/react-router';
import { Icon } from '@/components/Icon';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { Html } from '../Html';
import { LawPlaybookDocument, type LawPlaybookQuery } from '../law.generated';
import { BackLink, NoItem, PackFrame, usePackPage } from '../PackPage';

type Content = NonNullable<LawPlaybookQuery['packVersion']>['content'];
type Playbook = Content['playbooks'][number];
type Step = Playbook['steps'][number];

/** The guidance for one kind of incident, as an author of it reads it: every step with its sources. */
export function OnePlaybook({ version, id }: { version: string; id: string }) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawPlaybookDocument, version);
	if ('instead' in page) return page.instead;
	const { playbooks, regimes } = page.found.content;
	const playbook = playbooks.find((each) => each.id === id);
	if (!playbook) return <NoItem />;
	const lawOf = new Map(regimes.map((each) => [each.id, say(each.name)]));
	return (
		<PackFrame
			title={say(playbook.title)}
			back={
				<BackLink to="/law/$version/$part" params={{ version, part: 'guidance' }}>
					{t.partTitle({ part: t.parts.guidance, version })}
				</BackLink>
			}
			head={page.found}
		>
			<ConfidenceKey />
			<Points title={t.askFirst} points={playbook.askFirst.map(say)} />
			<Points title={t.worseIf} points={playbook.worseIf.map(say)} />
			{phasesOf(playbook.steps).map(([phase, steps]) => (
				<section key={phase}>
					<h2>{steps[0] && say(steps[0].phaseName)}</h2>
					<ol className="guidance-steps">
						{steps.map((step) => (
							<StepItem key={step.id} step={step} version={version} lawOf={lawOf} />
						))}
					</ol>
				</section>
			))}
		</PackFrame>
	);
}

/** The steps under their phases, in the pack's order. */
function phasesOf(steps: readonly Step[]): [string, Step[]][] {
	const phases = new Map<string, Step[]>();
	for (const step of steps) phases.set(step.phase, [...(phases.get(step.phase) ?? []), step]);
	return [...phases];
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
	if (points.length === 0) return null;
	return (
		<section>
			<h2>{title}</h2>
			<ul className="reasons">
				{points.map((point) => (
					<li key={point}>{point}</li>
				))}
			</ul>
		</section>
	);
}

function StepItem(props: { step: Step; version: string; lawOf: ReadonlyMap<string, string> }) {
	const { m, say } = useSpeech();
	const t = useTexts(law);
	const { step, version, lawOf } = props;
	return (
		<li className={step.dont ? 'guidance-step guidance-dont' : 'guidance-step'}>
			{step.dont && (
				<p className="guidance-mark">
					<Icon name="alert" />
					{m.incident.dont}
				</p>
			)}
			<Html html={say(step.html)} under={2} />
			<p className="guidance-meta">
				{say(step.who)} · {say(step.when)}
				{step.regime && (
					<>
						{' · '}
						<Link to="/law/$version/$part/$id" params={{ version, part: 'regimes', id: step.regime }}>
							{lawOf.get(step.regime) ?? step.regime}
						</Link>
					</>
				)}
			</p>
			<p className="guidance-meta">
				{t.source}:{' '}
				{step.sources.map(({ name, url }, index) => (
					<span key={name}>
						{index > 0 && '; '}
						{url ? (
							<a href={url} rel="noreferrer">
								{name}
							</a>
						) : (
							name
						)}
					</span>
				))}{' '}
				<Confidence level={step.confidence} />
			</p>
		</li>
	);
}
