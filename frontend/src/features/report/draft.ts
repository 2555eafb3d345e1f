/** The draft of a report: kept in this tab, so that reload, sign-in and language switch lose nothing. */
import type { Answers } from './answers';

const KEY = 'varsel.draft';
const VERSION = 1;

/** A further report on an incident has a draft of its own. */
const keyOf = (incident?: string) => (incident ? `${KEY}.${incident}` : KEY);

/** What is kept. */
export type Draft = {
	answers: Answers;
	/** Key of a sending whose outcome is not known; sending again uses it, so that nothing is filed twice. */
	sending: string | null;
};

/** A draft with nothing in it. */
export const emptyDraft: Draft = { answers: {}, sending: null };

/** The kept draft; an empty one when there is none or it cannot be read. */
export function loadDraft(storage: Storage, incident?: string): Draft {
	try {
		const kept: unknown = JSON.parse(storage.getItem(keyOf(incident)) ?? 'null');
		return isDraft(kept) ? { answers: kept.answers, sending: kept.sending } : emptyDraft;
	} catch {
		return emptyDraft;
	}
}

/** Keeps the draft. False when the browser refuses (private mode, full): then the page must say so. */
export function saveDraft(storage: Storage, draft: Draft, incident?: string): boolean {
	try {
		storage.setItem(keyOf(incident), JSON.stringify({ version: VERSION, ...draft }));
		return true;
	} catch {
		return false;
	}
}

/** Forgets the draft. */
export function dropDraft(storage: Storage, incident?: string): void {
	try {
		storage.removeItem(keyOf(incident));
	} catch {
		// A browser that refuses storage has kept nothing either.
	}
}

/** The incidents with a draft of their own, and the new one (undefined) if it has one. */
function draftsIn(storage: Storage): (string | undefined)[] {
	const keys = Object.keys(storage).filter((key) => key === KEY || key.startsWith(`${KEY}.`));
	return keys.map((key) => key.slice(KEY.length + 1) || undefined);
}

/** Forgets every draft in this tab. */
export function dropDrafts(storage: Storage): void {
	for (const incident of draftsIn(storage)) dropDraft(storage, incident);
}

/** Whether there is anything in any draft. */
export const hasDrafts = (storage: Storage): boolean =>
	draftsIn(storage).some((incident) => Object.keys(loadDraft(storage, incident).answers).length > 0);

/** Whether there is anything in the kept draft of a new report. */
export const hasDraft = (storage: Storage): boolean => Object.keys(loadDraft(storage).answers).length > 0;

function isDraft(kept: unknown): kept is Draft & { version: number } {
	if (typeof kept !== 'object' || kept === null) return false;
	const draft = kept as Partial<Draft & { version: number }>;
	return draft.version === VERSION && typeof draft.answers === 'object' && draft.answers !== null;
}
