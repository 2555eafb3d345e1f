import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { reportServer } from '@/testing/report';
import type { Root } from '@/testing/server';
// Loaded here, so that no test waits for its page to come.
import '@/routes/CasePage';

const at = '2026-11-24T13:35:00Z';
const unit = { id: 'sektorcert', kind: 'SECTOR_UNIT', name: words('SektorCERT') };
const scale = ['Ingen', 'Begrænset', 'Betydelig', 'Alvorlig'].map((name, level) => ({
	level,
	name: words(name),
	meaning: words(`Om ${name}`),
}));
const named = (level: number) => scale[level]?.name;
const confirmation = (level: number, more: object = {}) => ({
	level,
	name: named(level),
	proposedLevel: 3,
	proposedName: named(3),
	outdated: false,
	at,
	unit,
	by: 'Mads Krogh',
	justification: null,
	...more,
});

const severityOf = (confirmations: object[] = [], more: object = {}) => {
	const last = confirmations.at(-1) as { level: number } | undefined;
	const level = last?.level ?? 3;
	return {
		level,
		name: named(level),
		proposed: {
			level: 3,
			name: named(3),
			because: [{ text: words('Mange brugere er ramt.'), cite: '', facts: [] }],
		},
		confirmation: last ?? null,
		confirmations,
		confirmable: true,
		scale,
		...more,
	};
};

const caseWith = (severity: object) => ({
	id: 'case_1',
	unit,
	part: 'LEAD',
	status: 'NEW',
	openedAt: at,
	updatedAt: at,
	incident: {
		id: 'incident_1',
		number: 'V-1',
		packVersion: '2026.1',
		reassessable: false,
		requestable: [],
		organisation: { id: 'o1', name: 'Nordvind', cvr: null },
		receivedAt: at,
		severity,
		facts: [],
		obligations: [],
		cases: [],
		guidance: [],
		timeline: [],
	},
});

const server = (severity: object, root: Root = {}) => {
	const spy = reportServer({ case: caseWith(severity), ...root });
	open('/case/case_1');
	return spy;
};
const panel = async () => within(await screen.findByRole('region', { name: 'Alvor' }));
const inputOf = (spy: ReturnType<typeof server>) => spy.asked('confirmSeverity')[0]?.variables.input;
const otherLevel = async (name: RegExp, reason: string) => {
	const p = await panel();
	fireEvent.click(p.getByRole('button', { name: 'Vælg et andet niveau' }));
	fireEvent.click(p.getByRole('radio', { name }));
	fireEvent.change(p.getByLabelText('Begrundelse'), { target: { value: reason } });
	fireEvent.click(p.getByRole('button', { name: 'Gem niveauet' }));
};

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T14:35:00+01:00') });
	return () => vi.useRealTimers();
});

describe('The severity on the case page', () => {
	it('is a proposal with its reasons until it is confirmed with one press', async () => {
		const confirmed = { __typename: 'SeverityConfirmed', incident: caseWith(severityOf()).incident };
		const spy = server(severityOf(), { confirmSeverity: () => confirmed });
		const p = await panel();
		expect(p.getByText(/Ingen myndighed har bekræftet det endnu/)).toBeTruthy();
		expect(p.getByText(/Mange brugere er ramt/)).toBeTruthy();
		fireEvent.click(p.getByRole('button', { name: 'Bekræft: Alvorlig' }));
		await waitFor(() =>
			expect(inputOf(spy)).toEqual({
				incident: 'incident_1',
				level: 3,
				justification: null,
				expectedConfirmations: 0,
				expectedProposal: 3,
			}),
		);
		const done = await p.findByText('Alvoren er bekræftet: Alvorlig.');
		await waitFor(() => expect(document.activeElement?.contains(done)).toBe(true));
	});

	it('is set otherwise only with a reason, and names what is missing', async () => {
		const spy = server(severityOf(), { confirmSeverity: () => ({}) });
		await otherLevel(/^Begrænset/, 'fordi');
		const p = await panel();
		expect(p.getAllByText(/den har 5\.$/).length).toBeGreaterThan(1);
		expect(spy.asked('confirmSeverity')).toHaveLength(0);
	});

	it('keeps what was typed when somebody else was faster, and says what they did', async () => {
		const conflict = {
			__typename: 'SeverityConflict',
			incident: caseWith(severityOf([confirmation(3)])).incident,
			message: words('Line Holm har sat alvoren til Alvorlig (3).'),
		};
		const spy = server(severityOf(), { confirmSeverity: () => conflict });
		await otherLevel(/^Begrænset/, 'Kun to områder er ramt.');
		const p = await panel();
		expect(await p.findByText('Line Holm har sat alvoren til Alvorlig (3).')).toBeTruthy();
		expect(p.getByLabelText<HTMLTextAreaElement>('Begrundelse').value).toBe('Kun to områder er ramt.');
		expect(p.getByRole<HTMLInputElement>('radio', { name: /^Begrænset/ }).checked).toBe(true);
		expect(inputOf(spy)).toMatchObject({ level: 1, justification: 'Kun to områder er ramt.' });
	});

	it('keeps the page and what was typed when the session has ended, and says that nothing was done', async () => {
		let isOver = false;
		const signedOut = () => new GraphQLError('no', { extensions: { code: 'SIGN_IN_REQUIRED' } });
		server(severityOf(), {
			case: () => (isOver ? signedOut() : caseWith(severityOf())),
			confirmSeverity: () => signedOut(),
		});
		const p = await panel();
		isOver = true;
		await otherLevel(/^Begrænset/, 'Kun to områder er ramt.');
		expect(await p.findByText(/Intet er sendt eller gemt/)).toBeTruthy();
		expect(await screen.findByText(/kunne ikke hentes igen/)).toBeTruthy();
		expect(p.getByRole('link', { name: 'Log ind i en ny fane' })).toBeTruthy();
		expect(screen.queryByText('Siden findes ikke')).toBeNull();
		expect(p.getByLabelText<HTMLTextAreaElement>('Begrundelse').value).toBe('Kun to områder er ramt.');
	});

	it('does not say that a page does not exist that could not be loaded', async () => {
		const spy = server(severityOf(), {
			case: () => new GraphQLError('no', { extensions: { code: 'INTERNAL' } }),
		});
		expect(await screen.findByRole('heading', { level: 1, name: 'Siden kunne ikke hentes' })).toBeTruthy();
		expect(spy.asked('query CasePage').length).toBeGreaterThan(0);
	});

	it('says who confirmed which proposal, and that another is proposed since', async () => {
		const made = confirmation(1, {
			outdated: true,
			proposedLevel: 2,
			proposedName: named(2),
			justification: 'Det er en øvelse.',
		});
		server(severityOf([confirmation(2, { at: '2026-11-24T12:00:00Z' }), made]));
		const p = await panel();
		expect(p.getByText(/^Sat af Mads Krogh, SektorCERT .*Foreslået var Betydelig\.$/)).toBeTruthy();
		expect(p.getByText('Begrundelse: Det er en øvelse.')).toBeTruthy();
		expect(p.getByText('Forslaget er ændret siden: nu foreslås Alvorlig')).toBeTruthy();
		expect(p.getByText('Tidligere bekræftelser')).toBeTruthy();
		expect(p.queryByRole('button', { name: 'Bekræft: Alvorlig' })).toBeNull();
	});

	it('goes back from a level that was set to the proposed one only with a reason', async () => {
		const spy = server(severityOf([confirmation(1)]), { confirmSeverity: () => ({}) });
		await otherLevel(/^Alvorlig/, '');
		const p = await panel();
		expect(p.queryByRole('button', { name: /^Bekræft/ })).toBeNull();
		expect(p.getAllByText(/den har 0\.$/).length).toBeGreaterThan(1);
		expect(spy.asked('confirmSeverity')).toHaveLength(0);
	});

	it('offers nothing to those who may not confirm, and does not name whom they may not know', async () => {
		const made = confirmation(3, { unit: null, by: null });
		server(severityOf([made], { confirmable: false }));
		const p = await panel();
		expect(p.getByText(/^Bekræftet af den enhed, der koordinerer, /)).toBeTruthy();
		expect(p.queryAllByRole('button')).toHaveLength(0);
	});
});
