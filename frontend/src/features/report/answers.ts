/** What a person has typed, kept as typed, and the facts it means. */
import type { CatalogueFactFragment } from './report.generated';
import { readDuration, readNumber } from './numbers';
import { isBlank, readMoment, typedFrom, type MomentMistake, type TypedMoment } from './moment';

/** One answer as it stands in its fields. Kept even when it cannot be read, so that nothing typed is lost. */
export type Typed = {
	/** "Not known yet": an answer. */
	unknown?: boolean;
	text?: string;
	choice?: string;
	choices?: string[];
	moment?: TypedMoment;
};

/** All answers, by fact id. */
export type Answers = Record<string, Typed>;

/** Facts as the API takes them: one flat object. */
export type Facts = Record<string, unknown>;

/** Why an answer cannot be read; each has a text of its own. */
export type MistakeCode =
	MomentMistake | 'number' | 'whole' | 'negative' | 'percent' | 'duration' | 'tooLong';

/** An answer that cannot be read. `length`: how many characters a text has that is too long. */
export type Mistake =
	{ fact: string; code: Exclude<MistakeCode, 'tooLong'> } | { fact: string; code: 'tooLong'; length: number };

/** Longest free text, in characters. */
export const TEXT_LIMIT = 4000;

/** The API's word for "not known yet". */
export const UNKNOWN = 'unknown';

type Reading = { value: unknown } | { mistake: MistakeCode } | null;

/** Reads one answer; null when there is none. */
export function read(fact: CatalogueFactFragment, typed: Typed | undefined, now: Date): Reading {
	if (!typed) return null;
	if (typed.unknown) return { value: UNKNOWN };
	switch (fact.type) {
		case 'BOOL':
			return typed.choice ? { value: typed.choice === 'yes' } : null;
		case 'ENUM':
			return typed.choice ? { value: typed.choice } : null;
		case 'SET':
		case 'COUNTRIES':
			return typed.choices?.length ? { value: typed.choices } : null;
		case 'INSTANT': {
			if (!typed.moment || isBlank(typed.moment)) return null;
			const reading = readMoment(typed.moment, now);
			return 'mistake' in reading ? reading : { value: reading.iso };
		}
		default:
			return typed.text?.trim() ? readText(fact.type, typed.text) : null;
	}
}

function readText(type: CatalogueFactFragment['type'], text: string): Reading {
	if (type === 'TEXT') return text.length > TEXT_LIMIT ? { mistake: 'tooLong' } : { value: text.trim() };
	if (type === 'MINUTES') {
		const minutes = readDuration(text);
		return minutes === null ? { mistake: 'duration' } : { value: minutes };
	}
	const value = readNumber(text, type === 'INTEGER');
	if (value === null) return { mistake: type === 'INTEGER' ? 'whole' : 'number' };
	if (type === 'PERCENT' && (value < 0 || value > 100)) return { mistake: 'percent' };
	return value < 0 ? { mistake: 'negative' } : { value };
}

/** An answer that cannot be read, for the reason that {@link read} gave. */
export const mistakeIn = (fact: string, code: MistakeCode, typed: Typed | undefined): Mistake =>
	code === 'tooLong' ? { fact, code, length: typed?.text?.length ?? 0 } : { fact, code };

/** The facts that can be read, on top of what is registered, and the answers that cannot. */
export function toFacts(
	catalogue: readonly CatalogueFactFragment[],
	answers: Answers,
	registered: Facts,
	now: Date,
): { facts: Facts; mistakes: Mistake[] } {
	const facts: Facts = { ...registered };
	const mistakes: Mistake[] = [];
	for (const fact of catalogue) {
		const reading = read(fact, answers[fact.id], now);
		if (!reading) continue;
		if ('mistake' in reading) mistakes.push(mistakeIn(fact.id, reading.mistake, answers[fact.id]));
		else facts[fact.id] = reading.value;
	}
	return { facts, mistakes };
}

/** The fields for a value that is already known, so that a registered fact can be edited. */
export function typedFromValue(fact: CatalogueFactFragment, value: unknown): Typed {
	if (value === UNKNOWN) return { unknown: true };
	if (fact.type === 'BOOL') return { choice: value ? 'yes' : 'no' };
	if (fact.type === 'ENUM') return { choice: String(value) };
	if (fact.type === 'INSTANT') return { moment: typedFrom(new Date(String(value)), true) };
	if (Array.isArray(value)) return { choices: value.map(String) };
	return { text: typeof value === 'number' ? String(value).replace('.', ',') : String(value) };
}
