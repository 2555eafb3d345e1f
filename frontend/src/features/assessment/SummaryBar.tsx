import { useEffect, useState } from 'react';
import { useNow } from '@/components/useNow';
import { byUrgency } from '@/features/incident/DeadlineClock';
import type { Assessment } from '@/features/report/useAssessment';
import { useSpeech } from '@/i18n';
import { deadline } from '@/i18n/format';
import { verdict } from './Laws';

/** How long the summary must stay the same before a screen reader hears it. */
const QUIET_MS = 2000;

/** The assessment in one line. */
function useSummary(assessment: Assessment | null): string {
	const { m, language } = useSpeech();
	const now = useNow();
	if (!assessment) return '';
	const laws = assessment.regimes.filter((regime) => verdict(regime) === 'must').length;
	const next = byUrgency(assessment.obligations).find((duty) => duty.status === 'OPEN' && duty.target);
	const maybe = assessment.obligations.filter((duty) => duty.provisional).length;
	const found = maybe > 0 ? m.assessment.maybeCount({ n: maybe }) : m.assessment.noneYet;
	return [
		laws > 0 ? m.assessment.lawCount({ n: laws }) : found,
		next?.target && m.assessment.next({ when: deadline(new Date(next.target), language, now) }),
		assessment.missing.length > 0 && m.assessment.missingCount({ n: assessment.missing.length }),
	]
		.filter(Boolean)
		.join(' · ');
}

/** On narrow screens: the assessment in one line that stays in sight and leads to the whole. Heard sparingly by all. */
export default function SummaryBar({ assessment }: { assessment: Assessment | null }) {
	const { m } = useSpeech();
	const summary = useSummary(assessment);
	const [heard, setHeard] = useState('');
	useEffect(() => {
		const timer = setTimeout(() => setHeard(summary), QUIET_MS);
		return () => clearTimeout(timer);
	}, [summary]);
	return (
		<>
			<p className="sr-only" role="status">
				{heard}
			</p>
			{summary && (
				<div className="summary-bar">
					<p>{summary}</p>
					<a
						href="#vurdering"
						onClick={(event) => {
							event.preventDefault();
							const panel = document.getElementById('vurdering');
							panel?.scrollIntoView({ block: 'start' });
							panel?.focus({ preventScroll: true });
						}}
					>
						{m.assessment.summaryLink}
					</a>
				</div>
			)}
		</>
	);
}
