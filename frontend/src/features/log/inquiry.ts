import type { UseInquiry } from '@/gql/schema';
import { nextMidnight, readMoment, splitDate } from '@/features/report/moment';

/** What is typed into the form of an investigation; dates as "25.11.2026" or "2026-11-25". */
export type TypedInquiry = { case: string; incident: string; from: string; until: string };

/** Nothing typed yet. */
export const emptyInquiry: TypedInquiry = { case: '', incident: '', from: '', until: '' };

/** The fields that cannot be taken as they are. */
export type InquiryMistakes = Partial<Record<keyof TypedInquiry, true>>;

const LONGEST_CASE = 60;
const time = '00.00';

/** The midnight at which a day begins by the Danish clock; null where the text is no day. */
function begin(text: string, now: Date): Date | null {
	const day = splitDate(text);
	const read = day && readMoment({ ...day, time }, now);
	return read && !('mistake' in read) ? read.at : null;
}

/** The midnight at which a day ends. */
function end(text: string, now: Date): Date | null {
	const first = begin(text, now);
	if (!first) return null;
	const read = nextMidnight(first, now);
	return 'mistake' in read ? null : read.at;
}

/** Reads what was typed, all mistakes at once. */
export function readInquiry(typed: TypedInquiry, now: Date): UseInquiry | InquiryMistakes {
	const mistakes: InquiryMistakes = {};
	const number = typed.case.trim();
	if (!number || [...number].length > LONGEST_CASE) mistakes.case = true;
	const from = typed.from.trim() ? begin(typed.from, now) : undefined;
	const until = typed.until.trim() ? end(typed.until, now) : undefined;
	if (from === null) mistakes.from = true;
	if (until === null || (from && until && until <= from)) mistakes.until = true;
	if (Object.keys(mistakes).length > 0) return mistakes;
	return {
		case: number,
		incident: typed.incident.trim() || null,
		from: from?.toISOString() ?? null,
		until: until?.toISOString() ?? null,
	};
}

/** Where the same is downloaded as a file. */
export function fileAddress(form: 'html' | 'csv' | 'jsonl', inquiry: UseInquiry, language: string): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...inquiry, language })) {
		if (typeof value === 'string' && value) query.set(name, value);
	}
	return `/uses.${form}?${query}`;
}
