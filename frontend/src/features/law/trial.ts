/** A trial of the rules: which version, against which, with which facts. It lives in the page's address. */
import { read, typedFromValue, UNKNOWN, type Facts, type Typed } from '@/features/report/answers';
import type { CatalogueFactFragment } from '@/features/report/report.generated';

/** `version` left out: the one in force. `other`: the version to compare with. */
export type Trial = { version?: string; other?: string; facts: Facts };

/** Nothing stated yet. */
export const emptyTrial: Trial = { facts: {} };

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The trial as the part of the address behind the `#`, which a browser never sends. Empty for an empty trial. */
export function toHash(trial: Trial): string {
	if (Object.keys(trial.facts).length === 0 && !trial.version && !trial.other) return '';
	const bytes = new TextEncoder().encode(JSON.stringify(trial));
	const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The trial in an address; an empty one when there is none or it cannot be read. */
export function fromHash(hash: string): Trial {
	try {
		const text = atob(hash.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
		const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
		if (!isObject(value) || !isObject(value.facts)) return emptyTrial;
		const name = (key: 'version' | 'other') => (typeof value[key] === 'string' ? { [key]: value[key] } : {});
		return { ...name('version'), ...name('other'), facts: value.facts };
	} catch {
		return emptyTrial;
	}
}

/** Why pasted text cannot be used. */
export type JsonMistake = { code: 'broken'; line: number; column: number } | { code: 'notObject' };

/** Reads facts as `varsel assess` takes them: one flat object, alone or under `facts`. */
export function readJson(text: string): { facts: Facts } | { mistake: JsonMistake } {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		const before = text.slice(0, faultIn(text)).split('\n');
		return { mistake: { code: 'broken', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } };
	}
	const facts = isObject(value) && isObject(value.facts) ? value.facts : value;
	return isObject(facts) ? { facts } : { mistake: { code: 'notObject' } };
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"/iuy;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Where text stops being JSON. Browsers tell it each in their own words, and not always. */
function faultIn(text: string): number {
	let at = 0;
	const eat = (token: RegExp) => {
		token.lastIndex = at;
		if (!token.test(text)) return false;
		at = token.lastIndex;
		return true;
	};
	const mark = (character: string) => {
		eat(SPACE);
		if (text[at] !== character) return false;
		at += 1;
		return true;
	};
	const list = (end: string, item: () => boolean) => {
		if (mark(end)) return true;
		do if (!item()) return false;
		while (mark(','));
		return mark(end);
	};
	const key = () => {
		eat(SPACE);
		return eat(STRING) && mark(':') && value();
	};
	const value = (): boolean => {
		eat(SPACE);
		if (mark('{')) return list('}', key);
		if (mark('[')) return list(']', value);
		return eat(STRING) || eat(SCALAR);
	};
	try {
		if (value()) eat(SPACE);
	} catch {
		// Nested too deep to be facts: told where that became clear.
	}
	return at;
}

/** The fields for a value; null when the fact's fields cannot hold it, so that it is shown as it is. */
export function fieldsFor(fact: CatalogueFactFragment, value: unknown, now: Date): Typed | null {
	if (value === UNKNOWN) return { unknown: true };
	if (fact.type === 'INSTANT' && (typeof value !== 'string' || Number.isNaN(Date.parse(value)))) return null;
	const typed = typedFromValue(fact, value);
	if (fact.type === 'INSTANT') return typed;
	const reading = read(fact, typed, now);
	return reading && 'value' in reading && JSON.stringify(reading.value) === JSON.stringify(value)
		? typed
		: null;
}

/** The same without one. */
export const without = <Value>(all: Record<string, Value>, key: string): Record<string, Value> =>
	Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));
