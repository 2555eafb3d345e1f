import { useNavigate, useSearch } from '@tanstack/react-router';
import { Disclosure } from '@/components/Disclosure';
import { useSpeech } from '@/i18n';
import { typedFromValue } from './answers';
import { inWords } from './words';
import type { CatalogueFactFragment } from './report.generated';
import { useReport } from './ReportProvider';

/** What the registration tells: folded, not asked. It can be corrected for this report, and from there goes `back` to the check. */
export default function Registered({
	facts,
	back = false,
}: {
	facts: CatalogueFactFragment[];
	back?: boolean;
}) {
	const { m, say, language } = useSpeech();
	const { registered, answer } = useReport();
	const navigate = useNavigate();
	const search = useSearch({ strict: false });
	if (facts.length === 0) return null;
	const edit = (fact: CatalogueFactFragment) => {
		answer(fact.id, typedFromValue(fact, registered[fact.id]));
		const toCheck = back || search.back === 'check' ? { back: 'check' as const } : {};
		void navigate({ to: '/report', search: { step: fact.group, fact: fact.id, ...toCheck } });
	};
	return (
		<Disclosure summary={m.report.registered({ n: facts.length })}>
			<p>{m.report.registeredText}</p>
			<dl className="answers">
				{facts.map((fact) => (
					<div className="answers-row" key={fact.id}>
						<dt>{say(fact.label)}</dt>
						<dd>{inWords(fact, registered[fact.id], m, language)}</dd>
						<dd className="answers-edit">
							<button type="button" className="link-button" onClick={() => edit(fact)}>
								{m.common.edit} <span className="sr-only">{say(fact.label)}</span>
							</button>
						</dd>
					</div>
				))}
			</dl>
		</Disclosure>
	);
}
