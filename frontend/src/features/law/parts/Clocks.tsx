import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { ConfidenceKey } from '../Confidence';
import { anchor } from '../find';
import { LawClocksDocument } from '../law.generated';
import { usePackPage } from '../PackPage';
import { StageHead, StageRow } from '../StageRow';
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
				<StageHead />
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
							<StageRow
								key={stage.id}
								stage={stage}
								anchor={anchor(regime.id, stage.id)}
								version={version}
								units={units}
							/>
						))}
					</tbody>
				))}
			</table>
		</>,
	);
}
