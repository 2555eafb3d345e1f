import { describe, expect, it } from 'vitest';
import { dropDraft, emptyDraft, hasDraft, loadDraft, saveDraft } from './draft';

const full = { answers: { 'incident.description': { text: 'Filer er krypteret' } }, sending: 'key-12345678' };

const refusing = () => {
	throw new DOMException('no', 'QuotaExceededError');
};

describe('the draft', () => {
	it('comes back as it was kept', () => {
		expect(saveDraft(sessionStorage, full)).toBe(true);
		expect(loadDraft(sessionStorage)).toEqual(full);
		expect(hasDraft(sessionStorage)).toBe(true);
	});

	it('is empty when there is none, and when what is kept cannot be read', () => {
		expect(loadDraft(sessionStorage)).toEqual(emptyDraft);
		for (const kept of ['{', '[]', 'null', '{"version":99,"answers":{}}', '{"version":1,"answers":null}']) {
			sessionStorage.setItem('varsel.draft', kept);
			expect(loadDraft(sessionStorage)).toEqual(emptyDraft);
		}
	});

	it('is gone once it is dropped', () => {
		saveDraft(sessionStorage, full);
		dropDraft(sessionStorage);
		expect(hasDraft(sessionStorage)).toBe(false);
	});

	it('says when the browser keeps nothing', () => {
		const storage = { getItem: refusing, setItem: refusing, removeItem: refusing } as unknown as Storage;
		expect(saveDraft(storage, full)).toBe(false);
		expect(loadDraft(storage)).toEqual(emptyDraft);
		expect(() => dropDraft(storage)).not.toThrow();
	});
});
