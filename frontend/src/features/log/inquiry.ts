import type { UseInquiry } from '@/gql/schema';
import { nextMidnight, readMoment, splitDate } from '@/features/report/moment';

/** What is typed into the form of an investigation; dates as "25.11.2026" or "2026-11-25", a person by id. */
export type TypedInquiry = {
	case: string;
	person: string;
	incident: string;
	kind: string;
	from: string;
	until: string;
};

/** Nothing typed yet. */
export const emptyInquiry: TypedInquiry = {
	case: '',
	person: '',
	incident: '',
	kind: '',
	from: '',
	until: '',
};

/** The fields in which something can be wrong. */
export type InquiryField = Exclude<keyof TypedInquiry, 'kind'>;

/** The fields that cannot be taken as they are. */
export type InquiryMistakes = Partial<Record<InquiryField, true>>;

const LONGEST_CASE = 60;
const time = '00.00';

/** Whether a text is the id of a person, as it stands in a file of the log. */
export const isPersonId = (text: string): boolean => /^person_[0-9a-f]{32}$/.test(text);

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
	const person = typed.person.trim();
	if (person && !isPersonId(person)) mistakes.person = true;
	const from = typed.from.trim() ? begin(typed.from, now) : undefined;
	const until = typed.until.trim() ? end(typed.until, now) : undefined;
	if (from === null) mistakes.from = true;
	if (until === null || (from && until && until <= from)) mistakes.until = true;
	if (Object.keys(mistakes).length > 0) return mistakes;
	return {
		case: number,
		person: person || null,
		incident: typed.incident.trim() || null,
		kind: typed.kind || null,
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
