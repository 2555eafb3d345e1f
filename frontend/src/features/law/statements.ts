/** An assessment as a list of statements, so that two can be laid beside each other. */
import type { WhyFragment } from '@/api/shared.generated';
import { verdict } from '@/features/assessment/Laws';
import type { Assessment } from '@/features/report/useAssessment';
import type { Language } from '@/i18n';
import type { Messages } from '@/i18n/da';
import { deadline } from '@/i18n/format';
import type { law } from '@/i18n/law';
import type { Difference } from './ChangeTable';

/** What a statement is about, in the order in which they are shown. */
export const GROUPS = ['severity', 'laws', 'duties', 'units', 'questions'] as const;

/** What a statement is about. */
export type Group = (typeof GROUPS)[number];

type Statement = { group: Group; key: string; what: string; value: string; because?: readonly WhyFragment[] };

/** In whose words, and what "now" is. */
export type Words = {
	m: Messages;
	t: (typeof law)[Language];
	language: Language;
	now: Date;
	labelOf: (fact: string) => string;
};

/** Everything that an assessment says, in words, each statement under a key of its own. */
export function statementsOf(assessment: Assessment, words: Words): Map<string, Statement> {
	const { m, t, language, labelOf } = words;
	const found = new Map<string, Statement>();
	const put = (statement: Statement) => {
		let key = `${statement.group}/${statement.key}`;
		while (found.has(key)) key += '+';
		found.set(key, { ...statement, key });
	};
	const { level, name, because } = assessment.severity;
	put({
		group: 'severity',
		key: '',
		what: t.groups.severity,
		value: `${name[language]} (${level})`,
		because,
	});
	for (const each of assessment.regimes) {
		const value = m.assessment[verdict(each)];
		put({ group: 'laws', key: each.id, what: each.name[language], value, because: each.because });
	}
	for (const each of assessment.obligations) {
		const what = `${each.stageName[language]}, ${each.regimeName[language]}`;
		put({ group: 'duties', key: `${each.regime}/${each.stage}`, what, value: dutyInWords(each, words) });
	}
	for (const each of assessment.routes) {
		const what = each.unit.name[language];
		const key = `units/${each.unit.id}`;
		const known = found.get(key);
		if (known) found.set(key, { ...known, because: [...(known.because ?? []), each.because] });
		else put({ group: 'units', key: each.unit.id, what, value: m.part[each.part], because: [each.because] });
	}
	for (const { fact, need } of assessment.questions) {
		put({ group: 'questions', key: fact.id, what: labelOf(fact.id), value: t.need[need] });
	}
	return found;
}

/** "Senest tirsdag 24. november kl. 22.15, til CSIRT'en; foreløbig". */
function dutyInWords(duty: Assessment['obligations'][number], { m, language, now }: Words): string {
	const when = duty.target
		? m.assessment.byTime({ when: deadline(new Date(duty.target), language, now) })
		: duty.status === 'NOT_YET_OPEN'
			? m.assessment.notOpen
			: m.assessment.noFixedTime;
	const names = duty.recipients.map((unit) => unit.name[language]);
	const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
	const to = names.length > 0 ? m.assessment.to({ who: list }) : m.assessment.toPeople;
	return [when, to, ...(duty.provisional ? [m.assessment.provisionalMark] : [])].join('. ');
}

/** What differs between two assessments, with the reasons that stand now, or else stood before. */
export function differences(
	before: Assessment,
	after: Assessment,
	words: Words,
): { group: Group; rows: Difference[] }[] {
	const [was, is] = [statementsOf(before, words), statementsOf(after, words)];
	const rows = [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
		const [old, fresh] = [was.get(key), is.get(key)];
		const either = fresh ?? old;
		if (!either || old?.value === fresh?.value) return [];
		const { group, what, because } = either;
		const row: Difference = { key, what, before: old?.value ?? null, after: fresh?.value ?? null };
		return [{ group, row: because ? { ...row, because } : row }];
	});
	return GROUPS.map((group) => ({
		group,
		rows: rows.filter((each) => each.group === group).map(({ row }) => row),
	})).filter((each) => each.rows.length > 0);
}
