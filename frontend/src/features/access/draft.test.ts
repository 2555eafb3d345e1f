import { describe, expect, it } from 'vitest';
import { access } from '@/i18n/access';
import { emptyGrant, readGrant, type GrantDraft } from './draft';

const now = new Date('2026-11-25T12:00:00Z');
const whole: GrantDraft = {
	...emptyGrant,
	functions: ['READ'],
	reach: 'unit/sektorcert',
	purpose: 'Afløser en kollega i ferien.',
	reason: 'To kolleger er på ferie.',
};
const read = (part: Partial<GrantDraft>) => readGrant({ ...whole, ...part }, now, access.da);

describe('the window of a right', () => {
	it('begins at once and has no end where neither is said', () => {
		expect(read({}).grant).toMatchObject({ from: null, until: null });
		expect(read({ from: '  ', until: ' ' }).grant).toMatchObject({ from: null, until: null });
	});

	it('begins when its first day does and ends when its last day does, by the Danish clock', () => {
		expect(read({ from: '28.3.2027', until: '2027-03-28' }).grant).toMatchObject({
			from: '2027-03-28T00:00:00+01:00',
			until: '2027-03-29T00:00:00+02:00',
		});
	});

	it('may begin today, and on no day that is over or does not exist', () => {
		expect(read({ from: '25.11.2026' }).mistakes).toEqual([]);
		const text = 'Fra og med (valgfrit): Skriv en dato fra i dag og frem, som 31.12.2026.';
		for (const from of ['24.11.2026', '31.2.2027', 'i morgen']) {
			expect(read({ from }), from).toEqual({ mistakes: [{ target: 'from', text }], grant: null });
		}
	});

	it('does not end before it begins', () => {
		expect(read({ from: '1.12.2026', until: '1.12.2026' }).mistakes).toEqual([]);
		expect(read({ from: '2.12.2026', until: '1.12.2026' }).mistakes).toEqual([
			{ target: 'until', text: 'Til og med (valgfrit): Skriv en dato, som ikke ligger før den første.' },
		]);
	});

	it('is wrong at each end by itself, in the order of the fields and in both languages', () => {
		const draft = { ...whole, from: '1.1.2020', until: '1.1.2020' };
		const targets = readGrant(draft, now, access.en).mistakes.map(({ target }) => target);
		expect(targets).toEqual(['from', 'until']);
		expect(readGrant(draft, now, access.en).mistakes[0]?.text).toContain('today or later');
		expect(read({ from: '1.12.2026', temporary: 'AUDITOR' }).mistakes).toEqual([
			{ target: 'until', text: 'Til og med (valgfrit): En midlertidig rettighed skal have en slutdato.' },
		]);
	});
});
