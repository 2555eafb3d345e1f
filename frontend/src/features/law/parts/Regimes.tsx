import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { LawRegimesDocument } from '../law.generated';
import { usePackPage } from '../PackPage';
import type { PartProps } from './shared';

/** Each body of law with a duty to report; each leads to its own page. */
export function Regimes({ version, frame }: PartProps) {
	const { say, language } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawRegimesDocument, version);
	if ('instead' in page) return page.instead;
	const list = new Intl.ListFormat(language, { type: 'unit' });
	return frame(
		page.found,
		<>
			<ConfidenceKey />
			<table className="law-table">
				<caption className="sr-only">{t.parts.regimes}</caption>
				<thead>
					<tr>
						<th scope="col">{t.regime}</th>
						<th scope="col">{t.stages}</th>
						<th scope="col">{t.basis}</th>
						<th scope="col">{t.confidenceHead}</th>
					</tr>
				</thead>
				<tbody>
					{page.found.content.regimes.map((regime) => (
						<tr key={regime.id}>
							<th scope="row" data-label={t.regime}>
								<Link to="/law/$version/$part/$id" params={{ version, part: 'regimes', id: regime.id }}>
									{say(regime.name)}
								</Link>
							</th>
							<td data-label={t.stages}>{list.format(regime.stages.map((stage) => say(stage.name)))}</td>
							<td data-label={t.basis} className="cite">
								{regime.legalBasis.map(({ cite }) => cite).join('; ')}
							</td>
							<td data-label={t.confidenceHead}>
								<Confidence level={regime.confidence} />
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</>,
	);
}
