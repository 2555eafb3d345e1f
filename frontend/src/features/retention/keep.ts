import { readDay } from '@/features/access/untilDay';
import { readMoment, typedFrom } from '@/features/report/moment';
import { isReason } from '@/features/rules/ReasonField';
import type { Mistake } from '@/features/rules/useProposalForm';
import type { Language } from '@/i18n';
import { clock, day, moment } from '@/i18n/format';
import type { keptUses } from '@/i18n/keptUses';
import type { retention } from '@/i18n/retention';

/** The words of the form, and of every form that proposes about what is kept. */
export type KeepWords = (typeof keptUses.da)['form'] & Pick<(typeof retention.da)['form'], 'REASON_LENGTH'>;

/** What is typed into the form. */
export type TypedKeep = { first: string; last: string; until: string; reason: string };

/** What can be proposed: instants as the server takes them, `to` and `until` when their days end. */
export type Keep = { from: string; to: string; until: string; reason: string };

/** The fields of the form. */
export type KeepField = keyof TypedKeep;

type Frame = { now: Date; language: Language; t: KeepWords };
type Day = NonNullable<ReturnType<typeof readDay>>;

/** The id of a field's control. */
export const idOf = (field: KeepField): string => `keep-${field}`;

/** As many months as the server allows an entry to get old: EO 528 § 19(2). */
const LONGEST_MONTHS = 60;
const MINUTE_MS = 60_000;

/** So many calendar months later, as the server counts them: in UTC, and no later than that month's last day. */
function afterMonths(from: Date, months: number): Date {
	const after = new Date(from);
	after.setUTCMonth(after.getUTCMonth() + months);
	if (after.getUTCDate() !== from.getUTCDate()) after.setUTCDate(0);
	return after;
}

/** The midnight at which the Danish day of a moment begins. */
function midnightOf(at: Date): Date {
	const read = readMoment({ ...typedFrom(at, false), time: '00.00' }, at);
	return 'mistake' in read ? at : read.at;
}

/** When the last day begins to which entries may be kept that begin at `from`: it ends in time, the next would not. */
export function lastAllowed(from: Date): Date {
	const limit = midnightOf(afterMonths(from, LONGEST_MONTHS));
	return midnightOf(new Date(limit.getTime() - MINUTE_MS));
}

/** The same day in words; null where `first` is no day from which entries can be kept. */
export function latestDay(first: string, { now, language, t }: Frame): string | null {
	const from = readDay(first, now);
	return from && !wrongFirst(from, now, t) ? day(lastAllowed(from.begin.at), language, now) : null;
}

function wrongFirst(first: Day | null, now: Date, t: KeepWords): string | null {
	if (!first) return t.firstUnreadable;
	if (first.begin.at > now) return t.firstAhead;
	return lastAllowed(first.begin.at) <= now ? t.firstTooOld : null;
}

function wrongUntil(until: Day | null, days: { first: Day | null; last: Day | null }, frame: Frame) {
	const { now, language, t } = frame;
	const { first, last } = days;
	if (!until) return t.untilUnreadable;
	if (until.begin.at <= now) return t.untilPast;
	if (last && until.end.at < last.end.at) return t.untilBeforeLast;
	const latest = first && !wrongFirst(first, now, t) ? lastAllowed(first.begin.at) : null;
	return latest && until.begin.at > latest ? t.untilTooLate({ last: day(latest, language, now) }) : null;
}

const wrongReason = (reason: string, t: KeepWords): Mistake<'reason'> => ({
	field: 'reason',
	text: t.REASON_LENGTH({ n: [...reason.trim()].length }),
});

/** What is wrong with a reason, where that is all that is asked for. */
export const readReason = (reason: string, t: KeepWords): Mistake<KeepField> | null =>
	isReason(reason) ? null : wrongReason(reason, t);

/** What must be mended, by the field; or what can be proposed, when nothing must. */
export function readKeep(
	typed: TypedKeep,
	frame: Frame,
): { mistakes: Mistake<KeepField>[]; keep: Keep | null } {
	const { now, t } = frame;
	const mistakes: Mistake<KeepField>[] = [];
	const [first, last, until] = [typed.first, typed.last, typed.until].map((text) => readDay(text, now));
	const add = (field: KeepField, text: string | null) => text && mistakes.push({ field, text });
	add('first', wrongFirst(first ?? null, now, t));
	if (!last) add('last', t.lastUnreadable);
	else if (first && last.end.at <= first.begin.at) add('last', t.lastBeforeFirst);
	add('until', wrongUntil(until ?? null, { first: first ?? null, last: last ?? null }, frame));
	const wrong = readReason(typed.reason, t);
	if (wrong) mistakes.push(wrong);
	if (mistakes.length > 0 || !first || !last || !until) return { mistakes, keep: null };
	const keep = { from: first.begin.iso, to: last.end.iso, until: until.end.iso, reason: typed.reason.trim() };
	return { mistakes, keep };
}

/** A refusal of the server as a mistake in a field; null where it is about none. */
export function mistakeOf(code: string, reason: string, t: KeepWords): Mistake<KeepField> | null {
	if (code === 'KEEP_END') return { field: 'until', text: t.KEEP_END };
	return code === 'REASON_LENGTH' ? wrongReason(reason, t) : null;
}

/** A period in words: its first and last day where it goes from midnight to midnight, else its moments. */
export function periodOf(
	period: { from: string; to: string },
	{ now, language, t }: { now: Date; language: Language; t: typeof keptUses.da },
): string {
	const [from, to] = [new Date(period.from), new Date(period.to)];
	if ([from, to].some((at) => clock(at, 'da') !== '00.00')) {
		return t.moments({ from: moment(from, language, now), to: moment(to, language, now) });
	}
	const last = new Date(to.getTime() - MINUTE_MS);
	return t.days({ first: day(from, language, now), last: day(last, language, now) });
}
