import { Link } from '@tanstack/react-router';
import type { DutyFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/Icon';
import { SeverityMark } from '@/components/SeverityMark';
import { useNow } from '@/components/useNow';
import { byUrgency, DeadlineTime, UrgencyMark, useRecipientWords } from '@/features/incident/DeadlineClock';
import { NotSent } from '@/features/incident/NotSent';
import type { Assessment } from '@/features/report/useAssessment';
import { useSpeech } from '@/i18n';
import { deadline } from '@/i18n/format';
import { Laws } from './Laws';
import { Recipients } from './Recipients';

/** What was found: duties with their time, who receives, which laws and why, and what is still missing. */
export default function Findings(props: {
	assessment: Assessment;
	labelOf: (fact: string) => string;
	onGoTo: (fact: string) => void;
}) {
	const { m } = useSpeech();
	const { assessment } = props;
	return (
		<>
			<p className="panel-severity">
				{m.assessment.severity}:{' '}
				<SeverityMark level={assessment.severity.level} name={assessment.severity.name} />
			</p>
			{assessment.missing.length > 0 ? (
				<p>
					<a href="#mangler">{m.assessment.missingCount({ n: assessment.missing.length })}</a>
				</p>
			) : (
				<p className="panel-ready">
					<Icon name="check" />
					<span>
						{m.assessment.missingNone} <Link to="/report/check">{m.report.checkStep}</Link>
					</span>
				</p>
			)}
			{assessment.obligations.length > 0 && <Duties assessment={assessment} />}
			{assessment.routes.length > 0 && (
				<>
					<h3>{m.assessment.recipients}</h3>
					<Recipients routes={assessment.routes} />
				</>
			)}
			<h3>{m.assessment.laws}</h3>
			<Laws regimes={assessment.regimes} labelOf={props.labelOf} />
			{assessment.missing.length > 0 && (
				<>
					<h3 id="mangler">{m.assessment.missing}</h3>
					<ul className="missing">
						{assessment.missing.map(({ fact }) => (
							<li key={fact.id}>
								<button type="button" className="link-button" onClick={() => props.onGoTo(fact.id)}>
									{props.labelOf(fact.id)}
								</button>
							</li>
						))}
					</ul>
				</>
			)}
		</>
	);
}

/** How many duties are shown before the rest is folded away: the most pressing. */
const FIRST_DUTIES = 4;

function Duties({ assessment }: { assessment: Assessment }) {
	const { m } = useSpeech();
	const { routes } = assessment;
	const duties = byUrgency(assessment.obligations);
	const rest = duties.slice(FIRST_DUTIES);
	// No clock runs at all before it is known when the incident was discovered.
	const untimed = duties.some((duty) => duty.target) ? undefined : m.assessment.noTime;
	return (
		<>
			<h3>{m.assessment.duties}</h3>
			<DutyList duties={duties.slice(0, FIRST_DUTIES)} untimed={untimed} routes={routes} />
			{rest.length > 0 && (
				<Disclosure summary={m.assessment.moreDuties({ n: rest.length })}>
					<DutyList duties={rest} untimed={untimed} routes={routes} />
				</Disclosure>
			)}
		</>
	);
}

function DutyList(props: {
	duties: DutyFragment[];
	untimed: string | undefined;
	routes: Assessment['routes'];
}) {
	const { duties, untimed, routes } = props;
	const { m, say, language } = useSpeech();
	const now = useNow();
	const towards = useRecipientWords();
	return (
		<ul className="duties">
			{duties.map((duty) => (
				<li key={`${duty.regime}/${duty.stage}/${duty.recipientIds.join()}`} className="duty">
					<p className="duty-head">
						<strong>{say(duty.stageName)}</strong>
						{duty.provisional ? (
							<span className="mark">{m.assessment.provisionalMark}</span>
						) : (
							<UrgencyMark duty={duty} now={now} />
						)}
					</p>
					<p className="duty-time">
						<DeadlineTime duty={duty} now={now} untimed={untimed} />
					</p>
					<NotSent duty={duty} routes={routes} />
					<Disclosure summary={say(duty.regimeName)}>
						<p>{towards(duty)}</p>
						{duty.provisional && <p>{m.assessment.provisional}</p>}
						{duty.due && (
							<p>{m.assessment.legalEnd({ when: deadline(new Date(duty.due), language, now) })}</p>
						)}
						<p className="cite">{duty.cite}</p>
					</Disclosure>
				</li>
			))}
		</ul>
	);
}
