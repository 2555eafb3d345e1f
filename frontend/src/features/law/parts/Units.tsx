import { PhoneLink } from '@/components/PhoneLink';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { anchor } from '../find';
import { LawUnitsDocument, type LawUnitsQuery } from '../law.generated';
import { usePackPage } from '../PackPage';
import { SourceLinks } from '../SourceLinks';
import type { PartProps } from './shared';

type Unit = NonNullable<LawUnitsQuery['packVersion']>['content']['units'][number];

/** Every desk that receives, and how to reach it. */
export function Units({ version, frame }: PartProps) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawUnitsDocument, { version });
	if ('instead' in page) return page.instead;
	return frame(
		page.found,
		<>
			<ConfidenceKey />
			<table className="law-table">
				<caption className="sr-only">{t.parts.units}</caption>
				<thead>
					<tr>
						<th scope="col">{t.kind.units}</th>
						<th scope="col">{t.contact}</th>
						<th scope="col">{t.source}</th>
					</tr>
				</thead>
				<tbody>
					{page.found.content.units.map((unit) => (
						<tr key={unit.id} id={anchor('unit', unit.id)}>
							<th scope="row" data-label={t.kind.units}>
								{say(unit.name)}
							</th>
							<td data-label={t.contact}>
								<Contact unit={unit} />
							</td>
							<td data-label={t.source}>
								<div>
									<SourceLinks sources={unit.sources} />
									<Confidence level={unit.confidence} />
								</div>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</>,
	);
}

function Contact({ unit }: { unit: Unit }) {
	const { m, say } = useSpeech();
	const t = useTexts(law);
	const { phone, email, url, hours } = unit;
	if (!phone && !email && !url) return <span className="answer-none">{t.noContact}</span>;
	return (
		<div>
			{phone && (
				<span className="law-one">
					{m.common.phone}: <PhoneLink number={phone} />
				</span>
			)}
			{email && (
				<a className="law-one" href={`mailto:${email}`}>
					{email}
				</a>
			)}
			{url && (
				<a className="law-one" href={url} rel="noreferrer">
					{new URL(url).hostname}
				</a>
			)}
			{hours && (
				<span className="law-one">
					{t.hours}: {say(hours)}
				</span>
			)}
		</div>
	);
}
