import { Link } from '@tanstack/react-router';
import { Alert } from '@/components/Alert';
import type { AskedFragment } from '@/features/assessment/assessment.generated';
import { useSpeech, useTexts } from '@/i18n';
import { check } from '@/i18n/check';
import { withLabel } from './problems';
import { useReport } from './ReportProvider';

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

/** What still lacks an answer before the report can be sent; "not known yet" can be given to all at once. */
export function Missing({ missing }: { missing: readonly AskedFragment[] }) {
	const t = useTexts(check);
	const { answers, answer, assessing } = useReport();
	const open = missing.filter(({ fact }) => !(fact.id in answers));
	// Missing although "not known yet" was answered: without these nobody can be told anything.
	const needed = assessing.settled ? missing.filter(({ fact }) => answers[fact.id]?.unknown) : [];
	if (open.length + needed.length === 0) return null;
	return (
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
						}}
					>
						{t.answerUnknown}
					</button>
				</>
			)}
		</Alert>
	);
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
