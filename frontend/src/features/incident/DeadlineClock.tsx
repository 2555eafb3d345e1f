import { Link } from '@tanstack/react-router';
import type { DutyFragment, RecipientFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { Icon, type IconName } from '@/components/Icon';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';
import { ANOTHER_YEAR, deadline, relative } from '@/i18n/format';
import { FiledElsewhere } from './FiledElsewhere';
import { NotSent } from './NotSent';

/** How pressing a duty is; each has a word and an icon besides its colour. */
export type Urgency = 'met' | 'late' | 'tight' | 'soon' | 'open' | 'later';

const HOUR = 3_600_000;

type Standing = Pick<DutyFragment, 'status' | 'target' | 'filedAt'>;

/** Late only by the server's word: it knows the legal end of the period. What was filed late is no longer pressing. */
export function urgency(duty: Standing, now: Date): Urgency {
	if (duty.status === 'MET') return 'met';
	if (duty.status === 'LATE') return 'late';
	if (duty.status === 'NOT_YET_OPEN' || !duty.target) return 'later';
	const left = Date.parse(duty.target) - now.getTime();
	if (left < 4 * HOUR) return 'tight';
	return left < 24 * HOUR ? 'soon' : 'open';
}

const ICONS: Record<Urgency, IconName> = {
	met: 'check',
	late: 'alert',
	tight: 'alert',
	soon: 'clock',
	open: 'clock',
	later: 'clock',
};

/** The status in a word. */
export function UrgencyMark({ duty, now }: { duty: Standing; now: Date }) {
	const { m } = useSpeech();
	const state = urgency(duty, now);
	const known = state === 'tight' ? m.clock.tight : state === 'soon' ? m.clock.soon : m.status[duty.status];
	const word = duty.filedAt && state === 'late' ? m.clock.filedLate : known;
	return (
		<span className={`urgency urgency-${state}`}>
			<Icon name={ICONS[state]} />
			{word}
		</span>
	);
}

/**
 * "Senest tirsdag 24. november kl. 22.15 (om 7 t 40 min)": absolute first, since that is what one acts on.
 * `untimed`: what to say of an open duty that has no time; by default that the law sets none. `years`: the year stands there also
 * when it is this one.
 */
export function DeadlineTime(props: {
	duty: Standing;
	now: Date;
	untimed?: string | undefined;
	years?: boolean | undefined;
}) {
	const { m, language } = useSpeech();
	const { duty, now, untimed = m.assessment.noFixedTime } = props;
	if (!duty.target) {
		const later = duty.status === 'NOT_YET_OPEN' ? m.assessment.notOpen : untimed;
		return <span className="deadline-time">{duty.status === 'MET' ? m.assessment.wasUntimed : later}</span>;
	}
	const at = new Date(duty.target);
	return (
		<span className="deadline-time">
			<time dateTime={duty.target}>
				{m.assessment.byTime({ when: deadline(at, language, props.years ? ANOTHER_YEAR : now) })}
			</time>
			{duty.status !== 'MET' && !duty.filedAt && (
				<span className="deadline-relative">{relative(at, language, now)}</span>
			)}
		</span>
	);
}

/** Whom the duty is towards. */
export function useRecipientWords(): (duty: DutyFragment) => string {
	const { m, say, language } = useSpeech();
	return (duty) => {
		if (duty.recipients.length === 0) return m.assessment.toPeople;
		const names = duty.recipients.map((unit) => say(unit.name));
		return m.assessment.to({ who: new Intl.ListFormat(language, { type: 'conjunction' }).format(names) });
	};
}

/** Whether a report can still do something about it. */
export const isOpen = ({ status, filedAt }: Pick<DutyFragment, 'status' | 'filedAt'>) =>
	!filedAt && (status === 'OPEN' || status === 'LATE');

/** What a clock shows besides its duty. */
export type ClockOptions = {
	/** The incident that the viewer may report on further. */
	addTo?: string | undefined;
	/** Who receives; a duty whose recipients are not among them says so. */
	routes?: readonly Pick<RecipientFragment, 'unit'>[] | undefined;
	/** The time has its year also when it is this one: for what is kept. */
	years?: boolean;
};

type Clock = ClockOptions & { duty: DutyFragment };

/** One duty with its clock, and on request how the clock was worked out. */
export function DeadlineClock({ duty, addTo, routes, years }: Clock) {
	const { m, say, language } = useSpeech();
	const t = useTexts(pages);
	const now = useNow();
	const towards = useRecipientWords();
	return (
		<li className={`clock clock-${urgency(duty, now)}`}>
			<div className="clock-head">
				<h3 className="clock-title">{say(duty.stageName)}</h3>
				<UrgencyMark duty={duty} now={now} />
			</div>
			<p className="clock-law">
				{say(duty.regimeName)}
				{duty.provisional && <span className="mark">{m.assessment.provisionalMark}</span>}
			</p>
			<p className="clock-time">
				<DeadlineTime duty={duty} now={now} years={years} />
			</p>
			<p className="clock-to">{towards(duty)}</p>
			{routes && <NotSent duty={duty} routes={routes} />}
			{addTo && duty.filedElsewhere && <FiledElsewhere duty={duty} incident={addTo} />}
			{addTo && isOpen(duty) && (
				<p className="clock-add no-print">
					<Link to="/report" search={{ incident: addTo }}>
						{t.further.action}
						<span className="sr-only">: {say(duty.stageName)}</span>
					</Link>
				</p>
			)}
			<Disclosure summary={m.incident.basis}>
				{duty.provisional && <p>{m.assessment.provisional}</p>}
				{duty.due && (
					<p>
						{m.assessment.legalEnd({
							when: deadline(new Date(duty.due), language, years ? ANOTHER_YEAR : now),
						})}
					</p>
				)}
				<p className="cite">{duty.cite}</p>
			</Disclosure>
		</li>
	);
}

const RANK = { LATE: 0, OPEN: 1, NOT_YET_OPEN: 2, MET: 3 };

const rank = (duty: DutyFragment) => (duty.filedAt ? RANK.MET : RANK[duty.status]);

const endOf = (duty: DutyFragment) => (duty.target ? Date.parse(duty.target) : Number.MAX_VALUE);

/** What is open and soonest first, what starts later or has been filed last. */
export function byUrgency(duties: readonly DutyFragment[]): DutyFragment[] {
	return duties.toSorted((a, b) => rank(a) - rank(b) || endOf(a) - endOf(b) || 0);
}
