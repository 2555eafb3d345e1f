import { useEffect, useState } from 'react';
import { useNow } from '@/components/useNow';
import { byUrgency } from '@/features/incident/DeadlineClock';
import type { Assessment } from '@/features/report/useAssessment';
import { useSpeech } from '@/i18n';
import { brief, deadline } from '@/i18n/format';
import { verdict } from './Laws';

/** How long the summary must stay the same before a screen reader hears it. */
const QUIET_MS = 2000;

/** The assessment for the ear in one sentence, and for the eye in two short lines. */
function useSummary(assessment: Assessment | null): { said: string; lines: string[] } {
	const { m, language } = useSpeech();
	const now = useNow();
	if (!assessment) return { said: '', lines: [] };
	const laws = assessment.regimes.filter((regime) => verdict(regime) === 'must').length;
	const next = byUrgency(assessment.obligations).find((duty) => duty.status === 'OPEN' && duty.target);
	const maybe = assessment.obligations.filter((duty) => duty.provisional).length;
	const found = maybe > 0 ? m.assessment.maybeCount({ n: maybe }) : m.assessment.noneYet;
	const duties = laws > 0 ? m.assessment.lawCount({ n: laws }) : found;
	const when = next?.target && new Date(next.target);
	const open = assessment.missing.length;
	const left = open > 0 ? m.assessment.missingCount({ n: open }) : m.assessment.ready;
	const said = [duties, when && m.assessment.next({ when: deadline(when, language, now) }), left];
	const first = when ? m.assessment.nextBrief({ when: brief(when, language, now) }) : duties;
	return { said: said.filter(Boolean).join(' · '), lines: [first, left] };
}

/** On narrow screens: the assessment in two lines that stays in sight and leads to the whole. Heard sparingly by all. */
export default function SummaryBar({ assessment }: { assessment: Assessment | null }) {
	const { m } = useSpeech();
	const { said, lines } = useSummary(assessment);
	const [heard, setHeard] = useState('');
	useEffect(() => {
		const timer = setTimeout(() => setHeard(said), QUIET_MS);
		return () => clearTimeout(timer);
	}, [said]);
	return (
		<>
			<p className="sr-only" role="status">
				{heard}
			</p>
			{lines.length > 0 && (
				<div className="summary-bar">
					<p>
						{lines.map((line) => (
							<span key={line}>{line}</span>
						))}
					</p>
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
