import { nextMidnight, readMoment, splitDate, typedFrom } from '@/features/report/moment';

/** The days between which a report is asked for, as they are typed; empty where nobody says. */
export type TypedPeriod = { since: string; until: string };

/** The instants that are asked for; null leaves it to the server: six months, and now. */
export type Period = { since: string | null; until: string | null };

/** What is wrong with a field. */
export type PeriodMistakes = Partial<Record<keyof TypedPeriod, 'noDay' | 'future' | 'backwards'>>;

const time = '00.00';

/** The midnight at which a day begins by the Danish clock; null where the text is no day. */
function begin(text: string, now: Date): Date | null {
	const date = splitDate(text);
	const read = date && readMoment({ ...date, time }, now);
	return read && !('mistake' in read) ? read.at : null;
}

/** Reads what was typed, all mistakes at once. A period until today ends now: the rest of the day has not happened. */
export function readPeriod(
	typed: TypedPeriod,
	now: Date,
): { mistakes: PeriodMistakes; period: Period | null } {
	const mistakes: PeriodMistakes = {};
	const since = typed.since.trim() ? begin(typed.since, now) : undefined;
	const last = typed.until.trim() ? begin(typed.until, now) : undefined;
	const today = begin(Object.values(typedFrom(now, false)).slice(0, 3).join('.'), now);
	if (since === null) mistakes.since = 'noDay';
	if (last === null) mistakes.until = 'noDay';
	if (last && last > now) mistakes.until = 'future';
	const toNow = !last || last.getTime() === today?.getTime();
	const end = toNow ? null : nextMidnight(last, now);
	const ends = end && !('mistake' in end) ? end.at : now;
	if (since && !mistakes.until && since >= ends) mistakes.since = 'backwards';
	if (Object.keys(mistakes).length > 0) return { mistakes, period: null };
	const until = toNow ? null : ends.toISOString();
	return { mistakes, period: { since: since?.toISOString() ?? null, until } };
}
