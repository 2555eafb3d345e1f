import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Alert } from '@/components/Alert';
import type { AskedFragment } from '@/features/assessment/assessment.generated';
import { useSpeech, useTexts } from '@/i18n';
import { check } from '@/i18n/check';
import { UNKNOWN } from './answers';
import { withLabel } from './problems';
import { useReport } from './ReportProvider';
import { useAssessment } from './useAssessment';

/** The answers that cannot be taken; each leads to its question, and from there back. */
export function Mistakes({ errors }: { errors: ReadonlyMap<string, string> }) {
	const t = useTexts(check);
	if (errors.size === 0) return null;
	return (
		<div className="error-summary" role="alert">
			<h2>{t.mistakes}</h2>
			<ul>
				{[...errors].map(([fact, text]) => (
					<li key={fact}>
						<FactLink fact={fact} mistake={text} />
					</li>
				))}
			</ul>
		</div>
	);
}

/** Where the list of what is missing stands. */
export const MISSING = 'missing';

/** What still lacks an answer before the report can be sent; "not known yet" can be given at once to all it suffices for. */
export function Missing({ missing }: { missing: readonly AskedFragment[] }) {
	const t = useTexts(check);
	const { answer } = useReport();
	const box = useRef<HTMLDivElement>(null);
	const [isGiven, setGiven] = useState(false);
	const { open, needed } = useLacking(missing);
	const isDone = open.length + needed.length === 0;
	if (isDone && !isGiven) return null;
	return (
		<div id={MISSING} tabIndex={-1} ref={box}>
			{isDone ? (
				<Alert kind="success" title={t.missingDone} live />
			) : (
				<Alert kind="info" title={t.missing}>
					{needed.length > 0 && <p>{t.mustKnow}</p>}
					<FactLinks asked={needed} />
					{open.length > 0 && (
						<>
							<p>{t.missingText}</p>
							<FactLinks asked={open} />
							<button
								type="button"
								className="button button-secondary"
								onClick={() => {
									for (const { fact } of open) answer(fact.id, { unknown: true });
									setGiven(true);
									// The button goes away with what it answered.
									box.current?.focus();
								}}
							>
								{needed.length > 0 ? t.answerOthersUnknown : t.answerUnknown}
							</button>
						</>
					)}
				</Alert>
			)}
		</div>
	);
}

/** What lacks an answer: `open` may be answered "not known yet", `needed` must be known, as without it nobody can be told anything. */
function useLacking(missing: readonly AskedFragment[]) {
	const { facts, mistakes, assessing } = useReport();
	// What cannot be read stands among the mistakes already.
	const unread = new Set(mistakes.map((mistake) => mistake.fact));
	const blank = missing.filter(({ fact }) => !(fact.id in facts) && !unread.has(fact.id));
	const unknown = Object.fromEntries(blank.map(({ fact }) => [fact.id, UNKNOWN]));
	// The server is asked which of them "not known yet" would leave missing: the catalogue does not tell.
	const tried = useAssessment(blank.length > 0 ? { ...facts, ...unknown } : null);
	const left = new Set(tried.assessment?.missing.map(({ fact }) => fact.id));
	const isUnknown = ({ fact }: AskedFragment) => assessing.settled && facts[fact.id] === UNKNOWN;
	return {
		open: blank.filter(({ fact }) => !left.has(fact.id)),
		needed: missing.filter((asked) => (blank.includes(asked) && left.has(asked.fact.id)) || isUnknown(asked)),
	};
}

function FactLinks({ asked }: { asked: readonly AskedFragment[] }) {
	if (asked.length === 0) return null;
	return (
		<ul>
			{asked.map(({ fact }) => (
				<li key={fact.id}>
					<FactLink fact={fact.id} />
				</li>
			))}
		</ul>
	);
}

function FactLink({ fact, mistake }: { fact: string; mistake?: string }) {
	const { say } = useSpeech();
	const { factById } = useReport();
	const known = factById.get(fact);
	const label = known ? say(known.label) : fact;
	const text = mistake ? withLabel(label, mistake) : label;
	if (!known) return text;
	return (
		<Link to="/report" search={{ step: known.group, fact, back: 'check' }}>
			{text}
		</Link>
	);
}
