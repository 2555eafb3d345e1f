import type { DutyFragment } from '@/api/shared.generated';
import { useNow } from '@/components/useNow';
import { useSpeech } from '@/i18n';
import { moment } from '@/i18n/format';
import { byUrgency, DeadlineClock, type ClockOptions } from './DeadlineClock';
import type { AnswerGivenFragment, EntryFragment, OtherCaseFragment } from './incident.generated';

/** All clocks of an incident, the most pressing first. */
export function Clocks({ duties, ...options }: ClockOptions & { duties: readonly DutyFragment[] }) {
	const { m } = useSpeech();
	if (duties.length === 0) return <p>{m.incident.noClocks}</p>;
	return (
		<ul className="clocks">
			{byUrgency(duties).map((duty) => (
				<DeadlineClock
					key={`${duty.regime}/${duty.stage}/${duty.recipientIds.join()}`}
					duty={duty}
					{...options}
				/>
			))}
		</ul>
	);
}

/** The facts that the viewer may see, group by group. */
export function FactList({ facts }: { facts: readonly AnswerGivenFragment[] }) {
	const { m, say } = useSpeech();
	if (facts.length === 0) return <p>{m.incident.noFacts}</p>;
	const groups = new Map<string, AnswerGivenFragment[]>();
	for (const answer of facts)
		groups.set(answer.fact.group, [...(groups.get(answer.fact.group) ?? []), answer]);
	return [...groups].map(([group, answers]) => (
		<div key={group}>
			<h3>{answers[0] && say(answers[0].fact.groupLabel)}</h3>
			<dl className="answers">
				{answers.map((answer) => (
					<div className="answers-row" key={answer.fact.id}>
						<dt>{say(answer.fact.label)}</dt>
						<dd className={answer.unknown ? 'answer-none' : 'answer'}>
							{answer.unknown ? m.incident.notKnown : say(answer.display)}
						</dd>
					</div>
				))}
			</dl>
		</div>
	));
}

/** What has happened, newest first. */
export function Timeline({ entries }: { entries: readonly EntryFragment[] }) {
	const { say, language } = useSpeech();
	const now = useNow();
	return (
		<ol className="timeline">
			{entries
				.toReversed()
				.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
				.map((entry) => (
					<li key={entry.id}>
						<time dateTime={entry.at}>{moment(new Date(entry.at), language, now)}</time>
						{entry.by && <span className="timeline-by"> · {entry.by}</span>}
						<p>{say(entry.text)}</p>
					</li>
				))}
		</ol>
	);
}

/** The units that work on the incident, as far as the viewer may know. */
export function UnitList({ cases }: { cases: readonly OtherCaseFragment[] }) {
	const { m, say } = useSpeech();
	return (
		<ul className="recipients">
			{cases.map((each) => (
				<li key={each.id}>
					<p className="recipient">
						<strong>{say(each.unit.name)}</strong>{' '}
						<span className={`mark mark-${each.part}`}>{m.part[each.part]}</span>
						<span className="mark">{m.caseStatus[each.status]}</span>
					</p>
				</li>
			))}
		</ul>
	);
}
