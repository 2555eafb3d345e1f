import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { anchor } from '../find';
import { LawClocksDocument } from '../law.generated';
import { usePackPage } from '../PackPage';
import { StageRecipients } from '../UnitLinks';
import type { PartProps } from './shared';

/** Every time limit of every regime in one table. */
export function Clocks({ version, frame }: PartProps) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawClocksDocument, { version });
	if ('instead' in page) return page.instead;
	const { regimes, units } = page.found.content;
	return frame(
		page.found,
		<>
			<ConfidenceKey />
			<table className="law-table law-clocks">
				<caption className="sr-only">{t.parts.clocks}</caption>
				<thead>
					<tr>
						<th scope="col">{t.stage}</th>
						<th scope="col">{t.when}</th>
						<th scope="col">{t.to}</th>
						<th scope="col">{t.cite}</th>
						<th scope="col">{t.confidenceHead}</th>
					</tr>
				</thead>
				{regimes.map((regime) => (
					<tbody key={regime.id}>
						<tr className="law-group">
							<th scope="rowgroup" colSpan={5}>
								<Link to="/law/$version/$part/$id" params={{ version, part: 'regimes', id: regime.id }}>
									{say(regime.name)}
								</Link>
							</th>
						</tr>
						{regime.stages.map((stage) => (
							<tr key={stage.id} id={anchor(regime.id, stage.id)}>
								<th scope="row" data-label={t.stage}>
									{say(stage.name)}
								</th>
								<td data-label={t.when}>{say(stage.clock) || t.noClock}</td>
								<td data-label={t.to}>
									<StageRecipients version={version} ids={stage.recipients} units={units} />
								</td>
								<td data-label={t.cite} className="cite">
									{stage.cite}
								</td>
								<td data-label={t.confidenceHead}>
									<Confidence level={stage.confidence} />
								</td>
							</tr>
						))}
					</tbody>
				))}
			</table>
		</>,
	);
}
