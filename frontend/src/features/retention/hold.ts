import { readDay, readUntil } from '@/features/access/untilDay';
import { isReason } from '@/features/rules/ReasonField';
import type { Mistake } from '@/features/rules/useProposalForm';
import type { Language } from '@/i18n';
import { clock, day, moment } from '@/i18n/format';
import type { retention } from '@/i18n/retention';

type Words = (typeof retention.da)['form'];

/** What somebody proposes: to hold an incident, or to hold it no longer. */
export type Deed = 'place' | 'lift';

/** What is typed into the form. */
export type TypedHold = { number: string; until: string; reason: string };

/** A hold that can be proposed; of one that is lifted, `until` is empty. */
export type Hold = { number: string; until: string; reason: string };

/** The fields of the form. */
export type HoldField = keyof TypedHold;

/** The server's refusals that are about a field. */
const FIELD_OF: Record<string, HoldField> = {
	UNKNOWN_INCIDENT: 'number',
	NOT_HELD: 'number',
	HOLD_END: 'until',
	REASON_LENGTH: 'reason',
};

/** The id of a field's control. */
export const idOf = (field: HoldField): string => `hold-${field}`;

const DAY_MS = 86_400_000;
/** As many days as the server allows: EO 528 § 19(2). */
const LONGEST_MS = 5 * 365 * DAY_MS;

/** The last day on which a hold that is placed now may end: it ends when that day does. */
export const latestDay = (now: Date, language: Language): string =>
	day(new Date(now.getTime() + LONGEST_MS - DAY_MS), language, now);

/** The last day of a hold that ends with a day; else the moment at which it ends. */
export function lastDayOf(until: Date, language: Language, now: Date): string {
	const withDay = clock(until, 'da') === '00.00';
	return withDay ? day(new Date(until.getTime() - 60_000), language, now) : moment(until, language, now);
}

const lengthOf = (text: string) => [...text.trim()].length;

function wrongUntil(text: string, now: Date, language: Language, t: Words): string | null {
	if (!readDay(text, now)) return t.untilUnreadable;
	const until = readUntil(text, now);
	const allowed = until && Date.parse(until) - now.getTime() <= LONGEST_MS;
	return allowed ? null : t.HOLD_END({ last: latestDay(now, language) });
}

/** What must be mended, by the field; or what can be proposed, when nothing must. */
export function readHold(
	typed: TypedHold,
	deed: Deed,
	{ now, language, t }: { now: Date; language: Language; t: Words },
): { mistakes: Mistake<HoldField>[]; hold: Hold | null } {
	const mistakes: Mistake<HoldField>[] = [];
	const number = typed.number.trim().toUpperCase();
	const add = (field: HoldField, text: string) => mistakes.push({ field, text });
	if (!number) add('number', t.numberMissing);
	const wrong = deed === 'place' ? wrongUntil(typed.until, now, language, t) : null;
	if (wrong) add('until', wrong);
	if (!isReason(typed.reason)) add('reason', t.REASON_LENGTH({ n: lengthOf(typed.reason) }));
	const until = deed === 'place' ? readUntil(typed.until, now) : '';
	if (mistakes.length > 0 || until === null) return { mistakes, hold: null };
	return { mistakes, hold: { number, until, reason: typed.reason.trim() } };
}

/** A refusal of the server as a mistake in a field; null where it is about none. */
export function mistakeOf(
	code: string,
	typed: TypedHold,
	{ now, language, t }: { now: Date; language: Language; t: Words },
): Mistake<HoldField> | null {
	const field = FIELD_OF[code];
	if (!field) return null;
	const texts: Record<string, string> = {
		UNKNOWN_INCIDENT: t.UNKNOWN_INCIDENT,
		NOT_HELD: t.NOT_HELD,
		HOLD_END: t.HOLD_END({ last: latestDay(now, language) }),
		REASON_LENGTH: t.REASON_LENGTH({ n: lengthOf(typed.reason) }),
	};
	return { field, text: texts[code] ?? code };
}
