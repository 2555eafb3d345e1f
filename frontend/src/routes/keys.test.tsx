import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { words } from '@/testing/fixtures';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './retention';
import './rules';
import { open } from '@/testing/render';
import type { Root } from '@/testing/server';

const birgit = {
	id: 'p1',
	name: 'Birgit Skov',
	role: 'ADMINISTRATOR',
	functions: ['ERASE', 'ADMINISTER'],
	organisation: null,
	unit: null,
};
const auditor = { ...birgit, id: 'p2', role: 'SECURITY_OFFICER', functions: ['AUDIT'] };
const vault = {
	root: 'aaaa1111',
	roots: [{ name: 'aaaa1111', keys: 12, known: true }],
	incidents: 1200,
	destroyed: 3,
	withoutKey: 0,
	approved: [] as object[],
	replacements: [
		{ at: '2026-11-25T10:00:00Z', what: 'RENEWED', keys: 40, changeId: 'change_7', reason: null },
		{
			at: '2026-11-24T10:00:00Z',
			what: 'ROOT_REPLACED',
			keys: 2,
			changeId: null,
			reason: 'Ingen kunne logge ind.',
		},
	],
};
const retired = { ...vault, roots: [...vault.roots, { name: 'bbbb2222', keys: 4, known: true }] };
const server = (root: Root = {}) => lawServer({ me: birgit, vault, change: null, ...root });
const region = async (name: string) => within(await screen.findByRole('region', { name }));
const type = (name: string, value: string, place = within(document.body)) =>
	fireEvent.change(place.getByRole('textbox', { name }), { target: { value } });
const proposed = { __typename: 'ChangeProposed', change: { id: 'change_9' } };
const refused = (code: string) => ({ __typename: 'ChangeRefused', code, message: words('Serverens ord') });

describe('the state of the keys', () => {
	it('says what is needed and what was replaced, on whose word', async () => {
		server();
		open('/keys');
		const state = await region('Sådan står det');
		for (const text of ['aaaa1111', '1.200', '3', '0']) expect(state.getByText(text)).toBeTruthy();
		expect(screen.queryByRole('alert')).toBeNull();
		const done = await region('De seneste udskiftninger');
		expect(done.getByRole('link', { name: /se godkendelsen/ }).getAttribute('href')).toBe(
			'/rules/change/change_7',
		);
		expect(done.getByText('Driften alene: “Ingen kunne logge ind.”')).toBeTruthy();
		expect((await region('Udskift rodnøglen')).getByText(/aaaa1111 låser alt/)).toBeTruthy();
	});

	it('is an alarm where incidents have no key, and says what waits', async () => {
		const approved = [
			{ changeId: 'change_8', title: words('Sæt rodnøglen'), approvedAt: '2026-11-25T10:00:00Z' },
		];
		server({ vault: { ...retired, withoutKey: 2, approved } });
		open('/keys');
		expect((await screen.findByRole('alert')).textContent).toContain('fordi nøglen mangler: 2');
		expect(screen.getByRole('link', { name: 'Sæt rodnøglen' }).getAttribute('href')).toBe(
			'/rules/change/change_8',
		);
		expect(screen.getByText('Skal udskiftes')).toBeTruthy();
	});

	it('is shown to those who watch, and they propose nothing', async () => {
		server({ me: auditor, vault: retired });
		open('/keys');
		await region('Sådan står det');
		expect(screen.getByRole('link', { name: 'Til adgang' }).getAttribute('href')).toBe('/access');
		expect(screen.queryAllByRole('button', { name: /Foreslå/ })).toHaveLength(0);
		expect(screen.queryByRole('link', { name: /se godkendelsen/ })).toBeNull();
	});

	it('is asked for nobody else', async () => {
		const spy = server({ me: { ...birgit, role: 'REPORTER', functions: ['INPUT', 'READ'] } });
		open('/keys');
		expect(await screen.findByText(/Siden er for administratorer og sikkerhedsansvarlige/)).toBeTruthy();
		expect(spy.asked('query Vault')).toHaveLength(0);
	});
});

describe('proposing to replace keys', () => {
	it('puts the root key of today in the place of the others, with a reason', async () => {
		const spy = server({ vault: retired, proposeRootReplacement: proposed });
		const { router } = open('/keys');
		const form = await region('Udskift rodnøglen');
		expect(form.getByText(/aaaa1111 kan sættes i stedet for bbbb2222/)).toBeTruthy();
		const send = form.getByRole('button', { name: 'Foreslå udskiftningen' });
		fireEvent.click(send);
		expect(form.getByText('Skriv 10 til 2000 tegn. Der er 0.')).toBeTruthy();
		await waitFor(() =>
			expect(document.activeElement).toBe(form.getByRole('textbox', { name: 'Begrundelse' })),
		);
		type('Begrundelse', 'Den gamle er set.', form);
		fireEvent.click(send);
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeRootReplacement')[0]?.variables).toEqual({
			input: { reason: 'Den gamle er set.' },
		});
	});

	it('says the server’s words where nothing is to be replaced any more, and keeps the reason', async () => {
		server({ vault: retired, proposeRootReplacement: refused('NOTHING_RETIRED') });
		open('/keys');
		const form = await region('Udskift rodnøglen');
		type('Begrundelse', 'Den gamle er set.', form);
		fireEvent.click(form.getByRole('button', { name: 'Foreslå udskiftningen' }));
		expect((await form.findByRole('alert')).textContent).toContain('Serverens ord');
		expect(form.getByDisplayValue('Den gamle er set.')).toBeTruthy();
	});

	it('renews those of one organisation, by its number', async () => {
		const spy = server({ proposeKeyRenewal: proposed });
		const { router } = open('/keys');
		const form = await region('Forny organisationers nøgler');
		fireEvent.click(form.getByRole('button', { name: 'Foreslå fornyelsen' }));
		const links = within(await form.findByRole('alert')).getAllByRole('link');
		expect(links.map((link) => link.textContent)).toEqual([
			'Hvis nøgler skal fornyes? Vælg, om det gælder én organisation eller alle.',
			'Begrundelse: Skriv 10 til 2000 tegn. Der er 0.',
		]);
		fireEvent.click(form.getByRole('radio', { name: 'Én organisations' }));
		type('Organisationens CVR-nummer', '31 41 59 26', form);
		type('Begrundelse', 'Nogen har set nøglen.', form);
		fireEvent.click(form.getByRole('button', { name: 'Foreslå fornyelsen' }));
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeKeyRenewal')[0]?.variables).toEqual({
			input: { cvr: '31415926', reason: 'Nogen har set nøglen.' },
		});
	});
});

describe('proposing to erase at once', () => {
	const send = () => fireEvent.click(screen.getByRole('button', { name: 'Foreslå sletningen' }));

	it('says what will happen, and sends nothing that is not confirmed', async () => {
		const spy = server({ proposeErasure: proposed });
		const { router } = open('/retention/erase');
		expect(await screen.findByText(/Først bliver hændelsernes nøgler destrueret/)).toBeTruthy();
		fireEvent.click(screen.getByRole('radio', { name: 'Alle hændelser i Varsel' }));
		type('Begrundelse', 'De står ved døren.');
		send();
		const sure = screen.getByRole('checkbox', { name: /alle hændelser i Varsel forsvinder/ });
		expect(sure.getAttribute('aria-invalid')).toBe('true');
		expect(spy.asked('mutation ProposeErasure')).toHaveLength(0);
		fireEvent.click(sure);
		send();
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeErasure')[0]?.variables).toEqual({
			input: { cvr: null, reason: 'De står ved døren.' },
		});
	});

	it('is confirmed anew when it is about others, and keeps what was typed on a refusal', async () => {
		server({ proposeErasure: refused('UNKNOWN_ORGANISATION') });
		open('/retention/erase');
		fireEvent.click(await screen.findByRole('radio', { name: 'Én organisations hændelser' }));
		type('Organisationens CVR-nummer', '31415926');
		type('Begrundelse', 'De står ved døren.');
		fireEvent.click(screen.getByRole('checkbox'));
		send();
		const summary = await screen.findByRole('alert');
		expect(summary.textContent).toContain(
			'Organisationens CVR-nummer: Ingen organisation med det CVR-nummer',
		);
		for (const typed of ['31415926', 'De står ved døren.']) {
			expect(screen.getByDisplayValue(typed)).toBeTruthy();
		}
		expect((screen.getByRole('checkbox') as HTMLInputElement).checked).toBe(true);
		fireEvent.click(screen.getByRole('radio', { name: 'Alle hændelser i Varsel' }));
		expect((screen.getByRole('checkbox') as HTMLInputElement).checked).toBe(false);
	});

	it('keeps what was typed where no answer comes, and does not claim that nothing was proposed', async () => {
		const spy = server();
		open('/retention/erase');
		fireEvent.click(await screen.findByRole('radio', { name: 'Alle hændelser i Varsel' }));
		type('Begrundelse', 'De står ved døren.');
		fireEvent.click(screen.getByRole('checkbox'));
		spy.cut(true);
		send();
		expect(await screen.findByText(/det vides ikke, om det blev foreslået/)).toBeTruthy();
		expect(screen.getByText(/Se efter under »Venter på godkendelse«/)).toBeTruthy();
		expect(screen.getByDisplayValue('De står ved døren.')).toBeTruthy();
	});

	it('is for administrators', async () => {
		server({ me: auditor });
		open('/retention/erase');
		expect(await screen.findByText(/Denne side er for administratorer/)).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Foreslå sletningen' })).toBeNull();
	});

	it('asks for the right to erase besides', async () => {
		server({ me: { ...birgit, functions: ['ADMINISTER'] } });
		open('/retention/erase');
		expect(await screen.findByText(/administratorer, som også må slette/)).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Foreslå sletningen' })).toBeNull();
	});
});

describe('the change about keys or an erasure', () => {
	const change = {
		id: 'change_7',
		kind: 'RENEW_KEYS',
		status: 'OPEN',
		title: words('Ændringen'),
		reason: 'Nogen har set den.',
		payloadSha256: 'ef'.repeat(32),
		proposedBy: 'Henrik Rask',
		proposedAt: '2026-11-24T10:00:00Z',
		expiresAt: '2026-12-08T10:00:00Z',
		decidedBy: null,
		decidedAt: null,
		decisionReason: null,
		approvable: true,
		withdrawable: false,
		packVersion: null,
		grant: null,
	};

	it.each([
		[
			{ kind: 'renew_keys', organisation: 'o1', name: 'Nordvind' },
			['Nordvind', 'Den gamle bliver destrueret'],
		],
		[{ kind: 'renew_keys', organisation: null, name: null }, ['Alle organisationers']],
		[
			{ kind: 'replace_root_key', root: 'aaaa1111', retired: ['bbbb2222', 'cccc3333'] },
			['aaaa1111', 'bbbb2222, cccc3333', 'fjernes fra serverne'],
		],
		[
			{ kind: 'erase_at_once', organisation: 'o1', name: 'Nordvind' },
			['Alle hændelser fra Nordvind', 'Frister tæller ikke', 'Intet bringer dem tilbage'],
		],
		[{ kind: 'erase_at_once', organisation: null, name: null }, ['Alle hændelser fra alle organisationer']],
	])('says in words what %o does, to whom and why', async (payload, parts) => {
		server({ change: { ...change, payload: JSON.stringify(payload) } });
		open('/rules/change/change_7');
		const said = (await screen.findByRole('region', { name: 'Det bliver udført' })).textContent;
		for (const part of [...parts, 'Nogen har set den.']) expect(said).toContain(part);
	});
});
