import { Disclosure } from '@/components/Disclosure';
import { useSpeech } from '@/i18n';
import { typedFromValue } from './answers';
import { inWords } from './words';
import type { CatalogueFactFragment } from './report.generated';
import { useReport } from './ReportProvider';

/** What the registration tells: folded, shown, not asked; it can be corrected for this report. */
export function Registered({ facts }: { facts: CatalogueFactFragment[] }) {
	const { m, say, language } = useSpeech();
	const { registered, answer } = useReport();
	if (facts.length === 0) return null;
	return (
		<Disclosure summary={m.report.registered({ n: facts.length })}>
			<p>{m.report.registeredText}</p>
			<dl className="answers">
				{facts.map((fact) => (
					<div className="answers-row" key={fact.id}>
						<dt>{say(fact.label)}</dt>
						<dd>{inWords(fact, registered[fact.id], m, language)}</dd>
						<dd className="answers-edit">
							<button
								type="button"
								className="link-button"
								onClick={() => answer(fact.id, typedFromValue(fact, registered[fact.id]))}
							>
								{m.common.edit} <span className="sr-only">{say(fact.label)}</span>
							</button>
						</dd>
					</div>
				))}
			</dl>
		</Disclosure>
	);
}
