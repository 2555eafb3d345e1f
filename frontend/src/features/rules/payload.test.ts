import { expect, it } from 'vitest';
import { readErasure, readHoldChange, readKeptUses, readPayload } from './payload';

const times = {
	from: '2026-09-30T22:00:00Z',
	to: '2026-10-31T23:00:00Z',
	until: '2028-12-31T23:00:00Z',
};
const whom = { person: 'person_1', name: 'Mads Krogh' };
const read = (payload: object) => readKeptUses(JSON.stringify(payload));

it('reads whose log entries a change keeps, of which time and until when', () => {
	expect(read({ kind: 'keep_uses', ...whom, ...times })).toEqual({ ...whom, keeps: times });
});

it('reads whose log entries a change lets go of', () => {
	expect(read({ kind: 'release_uses', ...whom })).toEqual({ ...whom, keeps: null });
});

it('takes nothing else for log entries, and no payload that lacks something', () => {
	const whole = { kind: 'keep_uses', ...whom, ...times };
	for (const field of ['kind', 'person', 'name', 'from', 'to', 'until']) {
		expect(read({ ...whole, [field]: undefined }), field).toBeNull();
		expect(read({ ...whole, [field]: 'snart' }) === null, field).toBe(!['person', 'name'].includes(field));
	}
	expect(read({ ...whole, kind: 'place_hold' })).toBeNull();
	expect(readKeptUses('[]')).toBeNull();
	expect(readKeptUses('no JSON')).toBeNull();
});

it('takes log entries for nothing else', () => {
	const payload = JSON.stringify({ kind: 'keep_uses', ...whom, ...times });
	expect([readHoldChange(payload), readErasure(payload), readPayload(payload)]).toEqual([null, null, null]);
});
