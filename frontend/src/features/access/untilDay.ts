import { nextMidnight, readMoment, splitDate } from '@/features/report/moment';

const time = '00.00';

/**
 * Reads the last day of a right, such as "31.12.2026": it ends when that day does, by the Danish clock. Null where the
 * text is no day that is still to come.
 */
export function readUntil(text: string, now: Date): string | null {
	const day = splitDate(text);
	if (!day) return null;
	const begin = readMoment({ ...day, time }, now, true);
	if ('mistake' in begin || begin.at <= now) return null;
	const end = nextMidnight(begin.at, now);
	return 'mistake' in end ? null : end.iso;
}
