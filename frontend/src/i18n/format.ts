import type { Language } from './index';

/** Deadlines are the law's; the law's clock is Danish time, wherever the reader sits. */
export const ZONE = 'Europe/Copenhagen';

const locale = (language: Language) => (language === 'da' ? 'da-DK' : 'en-GB');
const kept = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, language: Language): Record<string, string> {
	let format = kept.get(language);
	if (!format) {
		format = new Intl.DateTimeFormat(locale(language), {
			timeZone: ZONE,
			weekday: 'long',
			day: 'numeric',
			month: 'long',
			year: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		});
		kept.set(language, format);
	}
	return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** "tirsdag 24. november", with the year when it is not this one. */
export function day(at: Date, language: Language, now: Date): string {
	const p = parts(at, language);
	const year = p.year === parts(now, language).year ? '' : ` ${p.year}`;
	return language === 'da'
		? `${p.weekday} ${p.day}. ${p.month}${year}`
		: `${p.weekday} ${p.day} ${p.month}${year}`;
}

/** "22.15" in Danish, "22:15" in English. */
export function clock(at: Date, language: Language): string {
	const p = parts(at, language);
	return language === 'da' ? `${p.hour}.${p.minute}` : `${p.hour}:${p.minute}`;
}

/** "tirsdag 24. november kl. 22.15". */
export function moment(at: Date, language: Language, now: Date): string {
	const joint = language === 'da' ? ' kl.\u00a0' : ' at ';
	return day(at, language, now) + joint + clock(at, language);
}

/** "24. nov. kl. 22.15": for tables. */
export function brief(at: Date, language: Language, now: Date): string {
	const p = parts(at, language);
	const month = (p.month ?? '').slice(0, 3);
	const year = p.year === parts(now, language).year ? '' : ` ${p.year}`;
	return language === 'da'
		? `${p.day}. ${month}.${year} kl.\u00a0${clock(at, language)}`
		: `${p.day} ${month}${year} ${clock(at, language)}`;
}

/** "26. nov. 2026" of a day as the API writes it, "2026-11-26": always with its year. */
export function calendarDay(date: string, language: Language): string {
	const p = parts(new Date(`${date}T12:00:00Z`), language);
	const month = (p.month ?? '').slice(0, 3);
	return language === 'da' ? `${p.day}. ${month}. ${p.year}` : `${p.day} ${month} ${p.year}`;
}

/** In place of now where the year must stand whichever it is: on what is kept. */
export const ANOTHER_YEAR = new Date(0);

/** As {@link moment}, but the end of a day is that day's 24.00 and not the next day's 00.00. */
export function deadline(at: Date, language: Language, now: Date): string {
	const p = parts(at, language);
	if (p.hour !== '00' || p.minute !== '00') return moment(at, language, now);
	const before = day(new Date(at.getTime() - 60_000), language, now);
	return language === 'da' ? `${before} kl.\u00a024.00` : `the end of ${before}`;
}

/** How far from now: "om 7 t 40 min", "for 3 dage siden". */
export function relative(at: Date, language: Language, now: Date): string {
	const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
	const length = duration(Math.abs(minutes), language);
	if (minutes === 0) return language === 'da' ? 'nu' : 'now';
	if (minutes > 0) return language === 'da' ? `om ${length}` : `in ${length}`;
	return language === 'da' ? `for ${length} siden` : `${length} ago`;
}

/** "7 t 40 min"; whole days from two days on. */
export function duration(minutes: number, language: Language): string {
	const [oneDay, days, hour] = language === 'da' ? ['dag', 'dage', 't'] : ['day', 'days', 'h'];
	if (minutes >= 48 * 60) {
		const n = Math.round(minutes / (24 * 60));
		return `${n} ${n === 1 ? oneDay : days}`;
	}
	const hours = Math.floor(minutes / 60);
	const rest = minutes % 60;
	if (hours === 0) return `${rest} min`;
	return rest === 0 ? `${hours} ${hour}` : `${hours} ${hour} ${rest} min`;
}

/** A number with the language's own separators. */
export function number(value: number, language: Language): string {
	return new Intl.NumberFormat(locale(language), { maximumFractionDigits: 4 }).format(value);
}

/** "0,0": a number with one decimal, so that averages line up. */
export const tenths = (value: number, language: Language): string =>
	new Intl.NumberFormat(locale(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
		value,
	);

/** A country's name from its two-letter code. */
export function country(code: string, language: Language): string {
	return new Intl.DisplayNames(locale(language), { type: 'region' }).of(code) ?? code;
}

const exact = new Map<string, Intl.DateTimeFormat>();

/** "25.11.2026 23.15.04", by the Danish clock: for the log of use, where the second matters. */
export function second(at: Date, language: Language): string {
	const format =
		exact.get(language) ??
		new Intl.DateTimeFormat(locale(language), { timeZone: ZONE, dateStyle: 'short', timeStyle: 'medium' });
	exact.set(language, format);
	return format.format(at);
}
