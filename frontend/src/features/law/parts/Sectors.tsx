import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { anchor } from '../find';
import { LawSectorsDocument, type LawSectorsQuery } from '../law.generated';
import { usePackPage } from '../PackPage';
import { SourceLinks } from '../SourceLinks';
import { UnitLinks } from '../UnitLinks';
import type { PartProps } from './shared';

type Sector = NonNullable<LawSectorsQuery['packVersion']>['content']['sectors'][number];
type Names = ReadonlyMap<string, string>;

/** Who is responsible in each sector, and which law applies there. */
export function Sectors({ version, frame }: PartProps) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawSectorsDocument, { version });
	if ('instead' in page) return page.instead;
	const { sectors, regimes } = page.found.content;
	const names: Names = new Map(regimes.map((each) => [each.id, say(each.name)]));
	return frame(
		page.found,
		<>
			<ConfidenceKey />
			<nav className="law-toc no-print" aria-label={t.goTo}>
				<ul>
					{sectors.map((sector) => (
						<li key={sector.id}>
							<a href={`#${anchor('group', sector.id)}`}>{say(sector.name)}</a>
						</li>
					))}
				</ul>
			</nav>
			{sectors.map((sector) => (
				<section key={sector.id} aria-labelledby={anchor('group', sector.id)}>
					<h2 id={anchor('group', sector.id)}>{say(sector.name)}</h2>
					<SectorTable sector={sector} version={version} names={names} />
				</section>
			))}
		</>,
	);
}

function SectorTable({ sector, version, names }: { sector: Sector; version: string; names: Names }) {
	const { say } = useSpeech();
	const t = useTexts(law);
	return (
		<table className="law-table">
			<caption className="sr-only">{say(sector.name)}</caption>
			<thead>
				<tr>
					<th scope="col">{t.subsector}</th>
					<th scope="col">{t.authority}</th>
					<th scope="col">{t.unit}</th>
					<th scope="col">{t.parts.regimes}</th>
					<th scope="col">{t.source}</th>
				</tr>
			</thead>
			<tbody>
				{sector.subsectors.map((each) => (
					<tr key={each.id} id={anchor('sector', each.id)}>
						<th scope="row" data-label={t.subsector}>
							{say(each.name)}
						</th>
						<td data-label={t.authority}>
							<UnitLinks version={version} units={each.authority} />
						</td>
						<td data-label={t.unit}>
							<UnitLinks version={version} units={each.unit ? [each.unit] : []} />
						</td>
						<td data-label={t.parts.regimes}>
							<div>
								{each.regimes.map((id) => (
									<Link
										key={id}
										to="/law/$version/$part/$id"
										params={{ version, part: 'regimes', id }}
										className="law-one"
									>
										{names.get(id) ?? id}
									</Link>
								))}
								{each.regimes.length === 0 && t.none}
							</div>
						</td>
						<td data-label={t.source}>
							<div>
								<SourceLinks sources={each.sources} />
								<Confidence level={each.confidence} />
							</div>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
