import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence, ConfidenceKey } from '../Confidence';
import { anchor } from '../find';
import { Html } from '../Html';
import { LawRegimeDocument, type LawRegimeQuery } from '../law.generated';
import { BackLink, NoItem, PackFrame, usePackPage } from '../PackPage';
import { StageHead, StageRow } from '../StageRow';

type Content = NonNullable<LawRegimeQuery['packVersion']>['content'];
type Regime = Content['regimes'][number];

/** One body of law: whom it reaches, what must be reported when and to whom, and how certainly it was read. */
export function OneRegime({ version, id }: { version: string; id: string }) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawRegimeDocument, { version, id });
	if ('instead' in page) return page.instead;
	const regime = page.found.content.regimes.find((each) => each.id === id);
	if (!regime) return <NoItem />;
	return (
		<PackFrame
			title={say(regime.name)}
			back={
				<BackLink to="/law/$version/$part" params={{ version, part: 'regimes' }}>
					{t.partTitle({ part: t.parts.regimes, version })}
				</BackLink>
			}
			head={page.found}
		>
			<div className="law-facts">
				<p>
					{t.confidenceHead} <Confidence level={regime.confidence} />
				</p>
				<ConfidenceKey />
			</div>
			<Basis regime={regime} />
			<section aria-labelledby="stages-title">
				<h2 id="stages-title">{t.stages}</h2>
				<Stages regime={regime} version={version} units={page.found.content.units} />
			</section>
			<section aria-labelledby="words-title">
				<h2 id="words-title">{t.explanation}</h2>
				<Html html={say(regime.explanation)} under={2} />
			</section>
		</PackFrame>
	);
}

function Basis({ regime }: { regime: Regime }) {
	const t = useTexts(law);
	return (
		<section aria-labelledby="basis-title">
			<h2 id="basis-title">{t.basis}</h2>
			<ul className="reasons">
				{regime.legalBasis.map(({ cite, url }) => (
					<li key={cite}>
						{url ? (
							<a href={url} rel="noreferrer">
								{cite}
							</a>
						) : (
							cite
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

function Stages({ regime, version, units }: { regime: Regime; version: string; units: Content['units'] }) {
	const t = useTexts(law);
	return (
		<table className="law-table">
			<caption className="sr-only">{t.stages}</caption>
			<StageHead />
			<tbody>
				{regime.stages.map((stage) => (
					<StageRow
						key={stage.id}
						stage={stage}
						anchor={anchor('stage', stage.id)}
						version={version}
						units={units}
					/>
				))}
			</tbody>
		</table>
	);
}
