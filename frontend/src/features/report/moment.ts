/** Reads a date and a time as people type them, in Danish time. */
import { ZONE } from '@/i18n/format';

/** What stands in the four fields, and which of two readings is meant in the repeated hour of October. */
export type TypedMoment = { day: string; month: string; year: string; time: string; later?: boolean };

/** Why the fields cannot be read. */
export type MomentMistake = 'dateMissing' | 'noSuchDate' | 'timeMissing' | 'timeUnreadable' | 'noSuchTime';

/** An instant, or why there is none. `ambiguous`: the clock showed this time twice that night. */
export type MomentReading = { at: Date; iso: string; ambiguous: boolean } | { mistake: MomentMistake };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'ma', 'jun', 'jul', 'aug', 'sep', 'o', 'nov', 'dec'];

/** Nothing typed yet. */
export const emptyMoment: TypedMoment = { day: '', month: '', year: '', time: '' };

/** Whether all four fields are blank. */
export const isBlank = (typed: TypedMoment) => !(typed.day + typed.month + typed.year + typed.time).trim();

/** Spreads a whole date, "27.3.2026" or "2026-03-27", over the three fields; null when it is not one. */
export function splitDate(text: string): Pick<TypedMoment, 'day' | 'month' | 'year'> | null {
	const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
	if (iso) return { day: iso[3] ?? '', month: iso[2] ?? '', year: iso[1] ?? '' };
	const danish = /^\s*(\d{1,2})[./ -](\d{1,2})[./ -](\d{2,4})\s*$/.exec(text);
	return danish ? { day: danish[1] ?? '', month: danish[2] ?? '', year: danish[3] ?? '' } : null;
}

/** Reads "14.30", "1430", "14:30", "kl. 14", "ca. 14", "2 pm" as minutes past midnight. */
export function readTime(text: string): number | null {
	const bare = text.toLowerCase().replace(/^\s*((kl|ca|about|approx|around)\.?\s*)*/, '');
	const match = /^(\d{1,2})(?:\s*[.:h]\s*|(?=\d{2}\s*(?:$|[ap])))?(\d{2})?\s*([ap])?\.?(?:m\.?)?$/.exec(
		bare.trim(),
	);
	if (!match) return null;
	const half = match[3];
	let hour = Number(match[1]);
	const minute = Number(match[2] ?? 0);
	if (half && (hour < 1 || hour > 12)) return null;
	if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
	return hour > 23 || minute > 59 ? null : hour * 60 + minute;
}

function readMonth(text: string): number | null {
	const word = text.trim().toLowerCase();
	if (/^\d{1,2}$/.test(word)) return Number(word);
	if (word.length < 3) return null;
	const index = MONTHS.findIndex((start) => word.startsWith(start));
	return index < 0 ? null : index + 1;
}

/** A year of two digits is of this century; none is the latest that does not lie ahead, or the next that does. */
function readYear(text: string, month: number, day: number, now: Date, coming: boolean): number | null {
	const digits = text.trim();
	if (/^\d{4}$/.test(digits)) return Number(digits);
	if (/^\d{2}$/.test(digits)) return 2000 + Number(digits);
	if (digits) return null;
	const today = danishDate(now);
	const ahead = month > today.month || (month === today.month && day > today.day);
	if (coming) return ahead || (month === today.month && day === today.day) ? today.year : today.year + 1;
	return ahead ? today.year - 1 : today.year;
}

/** Reads the four fields. `now` decides the year that was left out; `coming`: the time lies ahead of it. */
export function readMoment(typed: TypedMoment, now: Date, coming = false): MomentReading {
	if (!typed.day.trim() || !typed.month.trim()) return { mistake: 'dateMissing' };
	const day = /^\d{1,2}\.?$/.test(typed.day.trim()) ? Number.parseInt(typed.day, 10) : null;
	const month = readMonth(typed.month);
	const year = month && day ? readYear(typed.year, month, day, now, coming) : null;
	if (!day || !month || !year || !exists(year, month, day)) return { mistake: 'noSuchDate' };
	if (!typed.time.trim()) return { mistake: 'timeMissing' };
	const minutes = readTime(typed.time);
	if (minutes === null) return { mistake: 'timeUnreadable' };
	return inDenmark(Date.UTC(year, month - 1, day, 0, minutes), typed.later === true);
}

const exists = (year: number, month: number, day: number) => {
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Tries both Danish offsets: none fits in the hour that is skipped in March, both in the one repeated in October. */
function inDenmark(wall: number, later: boolean): MomentReading {
	const fits = [120, 60].filter((offset) => danishOffset(new Date(wall - offset * 60_000)) === offset);
	const offset = later ? fits.at(-1) : fits[0];
	if (offset === undefined) return { mistake: 'noSuchTime' };
	const iso = `${new Date(wall).toISOString().slice(0, 19)}+0${offset / 60}:00`;
	return { at: new Date(wall - offset * 60_000), iso, ambiguous: fits.length > 1 };
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
	timeZone: ZONE,
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	hourCycle: 'h23',
});

function danishDate(at: Date) {
	const found = new Map(wallClock.formatToParts(at).map((part) => [part.type, Number(part.value)]));
	const get = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? 0;
	return {
		year: get('year'),
		month: get('month'),
		day: get('day'),
		hour: get('hour'),
		minute: get('minute'),
	};
}

function danishOffset(at: Date): number {
	const wall = danishDate(at);
	const shown = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
	return Math.round((shown - at.getTime()) / 60_000);
}

const two = (n: number) => String(n).padStart(2, '0');

/** The fields for an instant; without `withTime` the time stays to be typed. */
export function typedFrom(at: Date, withTime: boolean): TypedMoment {
	const wall = danishDate(at);
	const time = withTime ? `${two(wall.hour)}.${two(wall.minute)}` : '';
	return { day: String(wall.day), month: String(wall.month), year: String(wall.year), time };
}

/** A day and a half past midnight is noon of the next day, whatever the clocks do in between. */
const TO_NEXT_NOON = 36 * 3_600_000;

/** The Danish midnight after the one given: when that day ends. */
export function nextMidnight(begin: Date, now: Date): MomentReading {
	const next = typedFrom(new Date(begin.getTime() + TO_NEXT_NOON), false);
	return readMoment({ ...next, time: '00.00' }, now, true);
}
