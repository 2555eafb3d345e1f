import { readMoment, splitDate, typedFrom } from '@/features/report/moment';

const time = '00.00';

/** A day and a half past midnight is noon of the next day, whatever the clocks do in between. */
const TO_NEXT_NOON = 36 * 3_600_000;

/**
 * Reads the last day of a right, such as "31.12.2026": it ends when that day does, by the Danish clock. Null where the
 * text is no day that is still to come.
 */
export function readUntil(text: string, now: Date): string | null {
	const day = splitDate(text);
	if (!day) return null;
	const begin = readMoment({ ...day, time }, now, true);
	if ('mistake' in begin || begin.at <= now) return null;
	const next = typedFrom(new Date(begin.at.getTime() + TO_NEXT_NOON), false);
	const end = readMoment({ ...next, time }, now, true);
	return 'mistake' in end ? null : end.iso;
}
