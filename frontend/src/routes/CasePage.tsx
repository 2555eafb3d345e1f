import { Link, useParams } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useLasting } from '@/api/useLasting';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/Icon';
import { lazily } from '@/components/lazily';
import { NothingHere } from '@/components/NothingHere';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { GuidanceSteps } from '@/features/incident/GuidanceSteps';
import { Clocks, FactList, Timeline, UnitList } from '@/features/incident/Sections';
import { CasePageDocument, type CasePageQuery } from '@/features/queue/queue.generated';
import { Holdable } from '@/features/retention/Holdable';
import { SeverityPanel } from '@/features/severity/SeverityPanel';
import { SeverityHeld } from '@/features/severity/SeverityState';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';
import { moment } from '@/i18n/format';
import { rules } from '@/i18n/rules';

// Only for the lead's officers, and only after the rules have changed.
const Reassess = lazily(() => import('@/features/incident/Reassess'));
// Only for officers whose unit may ask.
const AskForReport = lazily(() => import('@/features/incident/AskForReport'));

/** A unit's case: what the unit may see of the incident. Opening it is logged, and the page says so. */
export function CasePage() {
	const t = useTexts(authority);
	const { id } = useParams({ from: '/case/$id' });
	const [{ data, fetching, error, failed }, retry] = useLasting({
		query: CasePageDocument,
		variables: { id },
		requestPolicy: 'cache-and-network',
	});
	if (data?.case) {
		return (
			<>
				<NotRefreshed failed={failed} onRetry={retry} />
				<CaseView found={data.case} onChanged={retry} />
			</>
		);
	}
	const { failed: failure, notFound: missing } = t.case;
	return <NothingHere {...{ fetching, failed: Boolean(error), failure, missing, onRetry: retry }} />;
}

function CaseView(props: { found: NonNullable<CasePageQuery['case']>; onChanged: () => void }) {
	const { m } = useSpeech();
	const t = useTexts(authority);
	const [now, setNow] = useState<string | null>(null);
	const { found } = props;
	const { incident } = found;
	const others = incident.cases.filter((each) => each.id !== found.id);
	return (
		<>
			<Link to="/queue/$unit" params={{ unit: found.unit.id }} className="back">
				<Icon name="back" />
				{t.case.back}
			</Link>
			<PageTitle>{t.case.title({ number: incident.number })}</PageTitle>
			<CaseHead found={found} />
			<Alert kind="info" title={t.case.logged} />
			<Rules
				incident={incident}
				now={now}
				onDone={(to) => {
					setNow(to);
					props.onChanged();
				}}
			/>
			<SeverityPanel incident={incident.id} severity={incident.severity} onChanged={props.onChanged} />
			<Holdable number={incident.number} />
			<div className="columns">
				<section className="columns-first" aria-labelledby="clocks-title">
					<h2 id="clocks-title">{t.case.obligations}</h2>
					<Clocks duties={incident.obligations} />
					<Asking incident={incident} onDone={props.onChanged} />
				</section>
				<div className="columns-main">
					<section aria-labelledby="facts-title">
						<h2 id="facts-title">{t.case.facts}</h2>
						<FactList facts={incident.facts} />
					</section>
					<section aria-labelledby="guidance-title">
						<h2 id="guidance-title">{t.case.guidance}</h2>
						<GuidanceSteps guidance={incident.guidance} />
					</section>
				</div>
				<div className="columns-side">
					<section aria-labelledby="others-title">
						<h2 id="others-title">{t.case.others}</h2>
						{others.length > 0 ? <UnitList cases={others} /> : <p>{t.case.noOthers}</p>}
					</section>
					<section aria-labelledby="timeline-title">
						<h2 id="timeline-title">{m.incident.timeline}</h2>
						<Timeline entries={incident.timeline} />
					</section>
				</div>
			</div>
		</>
	);
}

/** That newer rules are in force, to those who may act on it; and that the incident has just been assessed under them. */
function Rules(props: {
	incident: NonNullable<CasePageQuery['case']>['incident'];
	now: string | null;
	onDone: (to: string) => void;
}) {
	const t = useTexts(rules).reassess;
	const { incident, now } = props;
	if (now) return <Alert kind="success" title={t.done({ to: now })} live />;
	if (!incident.reassessable) return null;
	return (
		<Suspense>
			<Reassess incident={incident.id} onDone={props.onDone} />
		</Suspense>
	);
}

/** Where the unit may ask for reports, a way to do so; it stays to say what was asked for. */
function Asking(props: { incident: NonNullable<CasePageQuery['case']>['incident']; onDone: () => void }) {
	const { id, requestable } = props.incident;
	const [asked, setAsked] = useState(false);
	if (requestable.length === 0 && !asked) return null;
	const onDone = () => {
		setAsked(true);
		props.onDone();
	};
	return (
		<Suspense>
			<AskForReport incident={id} requestable={requestable} onDone={onDone} />
		</Suspense>
	);
}

function CaseHead({ found }: { found: NonNullable<CasePageQuery['case']> }) {
	const { m, say, language } = useSpeech();
	const [t, r] = [useTexts(authority), useTexts(rules)];
	const now = useNow();
	const { incident } = found;
	return (
		<dl className="facts-bar">
			<div>
				<dt>{t.queue.organisation}</dt>
				<dd>{incident.organisation?.name ?? t.queue.hidden}</dd>
			</div>
			<div>
				<dt>{t.queue.severity}</dt>
				<dd>
					<SeverityHeld severity={incident.severity} />
				</dd>
			</div>
			<div>
				<dt>{t.case.part}</dt>
				<dd>
					{say(found.unit.name)}: {m.part[found.part]}
				</dd>
			</div>
			<div>
				<dt>{t.case.status}</dt>
				<dd>{m.caseStatus[found.status]}</dd>
			</div>
			<div>
				<dt>{t.queue.received}</dt>
				<dd>{moment(new Date(incident.receivedAt), language, now)}</dd>
			</div>
			<div>
				<dt>{r.reassess.label}</dt>
				<dd>
					<Link to="/law/$version" params={{ version: incident.packVersion }}>
						{r.reassess.under({ version: incident.packVersion })}
					</Link>
				</dd>
			</div>
		</dl>
	);
}
