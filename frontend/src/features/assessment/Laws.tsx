import { Disclosure } from '@/components/Disclosure';
import { Icon, type IconName } from '@/components/Icon';
import type { Assessment } from '@/features/report/useAssessment';
import { useSpeech } from '@/i18n';
import { Reasons } from './Reasons';

type Regime = Assessment['regimes'][number];

/** What a law asks of this incident. */
export type Verdict = 'must' | 'maybe' | 'notTriggered' | 'no';

/** Applies and triggered: must be reported. Either a plain no: need not. Anything else is not known yet. */
export function verdict(regime: Pick<Regime, 'applies' | 'triggered'>): Verdict {
	if (regime.applies === 'NO') return 'no';
	if (regime.applies === 'YES' && regime.triggered === 'YES') return 'must';
	return regime.applies === 'YES' && regime.triggered === 'NO' ? 'notTriggered' : 'maybe';
}

const ICONS: Record<Verdict, IconName> = {
	must: 'check',
	maybe: 'question',
	notTriggered: 'info',
	no: 'cross',
};

/** Each law with its verdict, the reasons and what would decide it; those that do not apply are folded away. */
export function Laws(props: { regimes: readonly Regime[]; labelOf: (fact: string) => string }) {
	const { m } = useSpeech();
	const no = props.regimes.filter((regime) => verdict(regime) === 'no');
	const rest = props.regimes
		.filter((regime) => verdict(regime) !== 'no')
		.toSorted((a, b) => ORDER.indexOf(verdict(a)) - ORDER.indexOf(verdict(b)));
	return (
		<>
			<ul className="laws">
				{rest.map((regime) => (
					<Law key={regime.id} regime={regime} labelOf={props.labelOf} />
				))}
			</ul>
			{no.length > 0 && (
				<Disclosure summary={m.assessment.allNo({ n: no.length })}>
					<ul className="laws">
						{no.map((regime) => (
							<Law key={regime.id} regime={regime} labelOf={props.labelOf} />
						))}
					</ul>
				</Disclosure>
			)}
		</>
	);
}

const ORDER: Verdict[] = ['must', 'maybe', 'notTriggered', 'no'];

function Law({ regime, labelOf }: { regime: Regime; labelOf: (fact: string) => string }) {
	const { m, say } = useSpeech();
	const result = verdict(regime);
	const open = result === 'maybe' ? regime.needToKnow : [];
	return (
		<li className={`law law-${result}`}>
			<p className="law-head">
				<Icon name={ICONS[result]} />
				<span>
					<strong>{say(regime.name)}</strong>
					<span className="law-verdict">{m.assessment[result]}</span>
				</span>
			</p>
			{(regime.because.length > 0 || open.length > 0) && (
				<Disclosure summary={m.assessment.why}>
					<Reasons because={regime.because} />
					{open.length > 0 && (
						<>
							<p>{m.assessment.decides}:</p>
							<ul className="reasons">
								{open.map((fact) => (
									<li key={fact}>{labelOf(fact)}</li>
								))}
							</ul>
						</>
					)}
				</Disclosure>
			)}
		</li>
	);
}
