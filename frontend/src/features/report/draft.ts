/** The draft of a report: kept in this tab, so that reload, sign-in and language switch lose nothing. */
import type { Answers } from './answers';

const KEY = 'varsel.draft';
const VERSION = 1;

/** What is kept. */
export type Draft = {
	answers: Answers;
	/** Key of a sending whose outcome is not known; sending again uses it, so that nothing is filed twice. */
	sending: string | null;
};

/** A draft with nothing in it. */
export const emptyDraft: Draft = { answers: {}, sending: null };

/** The kept draft; an empty one when there is none or it cannot be read. */
export function loadDraft(storage: Storage): Draft {
	try {
		const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
		return isDraft(kept) ? { answers: kept.answers, sending: kept.sending } : emptyDraft;
	} catch {
		return emptyDraft;
	}
}

/** Keeps the draft. False when the browser refuses (private mode, full): then the page must say so. */
export function saveDraft(storage: Storage, draft: Draft): boolean {
	try {
		storage.setItem(KEY, JSON.stringify({ version: VERSION, ...draft }));
		return true;
	} catch {
		return false;
	}
}

/** Forgets the draft. */
export function dropDraft(storage: Storage): void {
	try {
		storage.removeItem(KEY);
	} catch {
		// A browser that refuses storage has kept nothing either.
	}
}

/** Whether there is anything in the kept draft. */
export const hasDraft = (storage: Storage): boolean => Object.keys(loadDraft(storage).answers).length > 0;

function isDraft(kept: unknown): kept is Draft & { version: number } {
	if (typeof kept !== 'object' || kept === null) return false;
	const draft = kept as Partial<Draft & { version: number }>;
	return draft.version === VERSION && typeof draft.answers === 'object' && draft.answers !== null;
}
