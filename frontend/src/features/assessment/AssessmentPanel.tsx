import { Suspense } from 'react';
import { Alert } from '@/components/Alert';
import { lazily } from '@/components/lazily';
import type { useAssessment } from '@/features/report/useAssessment';
import { useSpeech } from '@/i18n';

// There is nothing to show before the first answer: the first question does not wait for this.
const Findings = lazily(() => import('./Findings'));

/** What applies right now, as far as the answers tell. */
export function AssessmentPanel(props: {
	assessing: ReturnType<typeof useAssessment>;
	labelOf: (fact: string) => string;
	onGoTo: (fact: string) => void;
	started: boolean;
}) {
	const { m } = useSpeech();
	const { assessment, updating, failed, retry } = props.assessing;
	return (
		<section className="panel" id="vurdering" aria-labelledby="vurdering-title" tabIndex={-1}>
			<div className="panel-head">
				<h2 id="vurdering-title">{m.assessment.title}</h2>
				<span className="panel-updating">{updating ? m.assessment.updating : ''}</span>
			</div>
			{failed && (
				<Alert kind="warning" title={m.assessment.failed} live>
					<button type="button" className="link-button" onClick={retry}>
						{m.common.retry}
					</button>
				</Alert>
			)}
			{assessment && props.started ? (
				<Suspense>
					<Findings assessment={assessment} labelOf={props.labelOf} onGoTo={props.onGoTo} />
				</Suspense>
			) : (
				<p className="panel-empty">{m.assessment.empty}</p>
			)}
		</section>
	);
}
