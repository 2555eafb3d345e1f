import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { LawRoutesDocument } from '../law.generated';
import { usePackPage } from '../PackPage';
import { UnitLinks } from '../UnitLinks';
import type { PartProps } from './shared';

/** Who receives in which role, and on what basis. */
export function Routes({ version, frame }: PartProps) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawRoutesDocument, { version });
	if ('instead' in page) return page.instead;
	return frame(
		page.found,
		<>
			<ConfidenceKey />
			<table className="law-table">
				<caption className="sr-only">{t.parts.routes}</caption>
				<thead>
					<tr>
						<th scope="col">{t.role}</th>
						<th scope="col">{t.why}</th>
						<th scope="col">{t.units}</th>
						<th scope="col">{t.cite}</th>
						<th scope="col">{t.confidenceHead}</th>
					</tr>
				</thead>
				<tbody>
					{page.found.content.routes.map((route) => (
						<tr key={`${route.role.en}/${route.basis.en}`}>
							<th scope="row" data-label={t.role}>
								{say(route.role)}
							</th>
							<td data-label={t.why}>{say(route.basis)}</td>
							<td data-label={t.units}>
								<UnitLinks version={version} units={route.units} />
							</td>
							<td data-label={t.cite} className="cite">
								{route.cite}
							</td>
							<td data-label={t.confidenceHead}>
								<Confidence level={route.confidence} />
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</>,
	);
}
