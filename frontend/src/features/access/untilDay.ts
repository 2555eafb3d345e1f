import { nextMidnight, readMoment, splitDate, type MomentReading } from '@/features/report/moment';

const time = '00.00';

/** A moment as it is read, and as the server takes it. */
type Moment = Exclude<MomentReading, { mistake: unknown }>;

/** Reads a day, such as "31.12.2026", by the Danish clock: when it begins, and when it ends. Null where the text is no day. */
export function readDay(text: string, now: Date): { begin: Moment; end: Moment } | null {
	const day = splitDate(text);
	const begin = day && readMoment({ ...day, time }, now);
	if (!begin || 'mistake' in begin) return null;
	const end = nextMidnight(begin.at, now);
	return 'mistake' in end ? null : { begin, end };
}

/** Reads the first day of a right: it begins when that day does. Null where the text is no day, or one that is over. */
export function readFrom(text: string, now: Date): string | null {
	const day = readDay(text, now);
	return day && day.end.at > now ? day.begin.iso : null;
}

/** Reads the last day of a right: it ends when that day does. Null where the text is no day that is still to come. */
export function readUntil(text: string, now: Date): string | null {
	const day = readDay(text, now);
	return day && day.begin.at > now ? day.end.iso : null;
}
