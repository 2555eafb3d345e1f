import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rules } from '@/i18n/rules';
import { held, words } from '@/testing/fixtures';
import { lawServer, versionHead } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './CasePage';
import './rules';
import { open } from '@/testing/render';
import type { Root } from '@/testing/server';

const birgit = {
	id: 'p1',
	name: 'Birgit Skov',
	role: 'ADMINISTRATOR',
	functions: ['ADMINISTER'],
	organisation: null,
	unit: null,
};
const payload =
	'{"content_sha256":"cdcd","in_force_from":"2026-12-01T08:00:00Z","kind":"publish_pack","reassess_running":false,"version":"2026.2"}';
const change = {
	id: 'change_1',
	kind: 'PUBLISH_PACK',
	status: 'OPEN',
	title: words('Udgiv regelversion 2026.2'),
	reason: 'Ny frist efter lovændringen.',
	payload,
	payloadSha256: 'ef'.repeat(32),
	proposedBy: 'Henrik Rask',
	proposedAt: '2026-11-24T10:00:00Z',
	expiresAt: '2026-12-08T10:00:00Z',
	decidedBy: null,
	decidedAt: null,
	decisionReason: null,
	approvable: true,
	withdrawable: false,
	packVersion: versionHead('2026.2', 'PROPOSED'),
};
const comparison = {
	against: '2026.1',
	items: [{ what: words('Anmeldelse: frist'), before: words('72 timer'), after: words('48 timer') }],
	incidents: 12,
	changedIncidents: 3,
	effects: [
		{
			what: words('Frist for anmeldelse'),
			before: words('72 timer'),
			after: words('48 timer'),
			incidents: 3,
		},
	],
};
const received = { ...versionHead('2026.2', 'RECEIVED'), comparison };
const list = (nodes: unknown[]) => ({
	nodes,
	pageInfo: { hasNextPage: false, endCursor: null },
	totalCount: nodes.length,
});

const server = (root: Root = {}) =>
	lawServer({
		me: birgit,
		changes: list([change]),
		change,
		packVersions: [received, versionHead('2026.1', 'IN_FORCE', '2026-01-01T00:00:00+01:00')],
		packVersion: received,
		...root,
	});

beforeEach(() => {
	HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
		this.open = true;
	};
	HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
		this.open = false;
	};
});

const confirm = (name: string) =>
	fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name }));

describe('where the rules are kept', () => {
	it('shows what waits, what was received, and what was decided', async () => {
		const past = {
			...change,
			id: 'change_0',
			status: 'REJECTED',
			decidedBy: 'Birgit Skov',
			decidedAt: '2026-11-20T10:00:00Z',
		};
		server({ changes: list([change, past]) });
		open('/rules');
		const waiting = within(await screen.findByRole('region', { name: 'Venter på en beslutning' }));
		expect(waiting.getByRole('link', { name: 'Udgiv regelversion 2026.2' }).getAttribute('href')).toBe(
			'/rules/change/change_1',
		);
		expect(waiting.getByText(/8\. dec/)).toBeTruthy();
		const arrived = within(screen.getByRole('region', { name: 'Modtaget, ikke foreslået' }));
		expect(arrived.getByRole('link', { name: '2026.2' }).getAttribute('href')).toBe('/rules/version/2026.2');
		const decided = within(screen.getByRole('region', { name: 'Tidligere ændringer' }));
		expect(decided.getByText('Afvist')).toBeTruthy();
		expect(decided.getByText(/20\. nov.*Birgit Skov/)).toBeTruthy();
	});

	it('is for the administrators, and says so to others', async () => {
		const spy = server({ me: null });
		open('/rules/change/change_1');
		expect(await screen.findByText(/Denne side er for administratorer/)).toBeTruthy();
		expect(spy.asked('query OneChange')).toHaveLength(0);
	});

	it('is where an administrator begins', async () => {
		server();
		open('/');
		expect((await screen.findByRole('link', { name: 'Venter på godkendelse' })).getAttribute('href')).toBe(
			'/rules',
		);
	});
});

describe('receiving a version', () => {
	const choose = async (...paths: string[]) => {
		const files = paths.map((path) => {
			const made = new File(['x'], path.split('/').at(-1) ?? '');
			Object.defineProperty(made, 'webkitRelativePath', { value: path });
			return made;
		});
		fireEvent.change(await screen.findByLabelText('Mappe med regelpakken'), { target: { files } });
	};
	const answer = (status: number, body: unknown) => {
		const graphql = fetch;
		vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
			url === '/packs' ? new Response(JSON.stringify(body), { status }) : graphql(url, init),
		);
	};

	it('reads the folder, sends it, and goes on with what was received', async () => {
		server();
		answer(200, { version: '2026.2', sha256: 'cd' });
		const { router } = open('/rules');
		await choose('dk/pack.yaml', 'dk/regimes/x.yaml');
		expect(await screen.findByText(/^2 filer, 1 KiB/)).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'Send og kontrollér' }));
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/version/2026.2'));
	});

	it('shows each mistake with file, line and what to write', async () => {
		server();
		answer(422, {
			problems: [
				{
					file: 'regimes/x.yaml',
					line: 12,
					message: 'unknown fact: write incident.kind',
					text: { da: 'ukendt oplysning: skriv incident.kind', en: 'unknown fact: write incident.kind' },
				},
				{ file: 'x.yaml', line: 1, message: 'odd', text: { da: 'sært', en: 'odd' } },
			],
		});
		open('/rules');
		await choose('dk/pack.yaml', 'dk/regimes/x.yaml');
		await screen.findByText(/^2 filer/);
		fireEvent.click(screen.getByRole('button', { name: 'Send og kontrollér' }));
		expect(await screen.findByText('Pakken har 2 fejl', { selector: '.notice-title' })).toBeTruthy();
		const row = (await screen.findByRole('rowheader', { name: 'regimes/x.yaml' })).closest(
			'tr',
		) as HTMLElement;
		expect(row.textContent).toBe('regimes/x.yaml12ukendt oplysning: skriv incident.kind');
		expect(screen.getByText('sært')).toBeTruthy();
	});

	it('sends nothing when the folder is not a pack', async () => {
		server();
		answer(500, null);
		open('/rules');
		await choose('packs/dk/pack.yaml');
		expect(await screen.findByText(/Mappen har ingen pack\.yaml/)).toBeTruthy();
	});
});

describe('proposing a version', () => {
	const fill = (label: string, value: string) =>
		fireEvent.change(screen.getByLabelText(label), { target: { value } });

	it('comes after what it changes, in the rules and for past incidents', async () => {
		server();
		open('/rules/version/2026.2');
		const compared = within(
			await screen.findByRole('region', { name: 'Det ændrer sig i forhold til 2026.1' }),
		);
		expect(compared.getByText('3 af 12 hændelser ville blive vurderet anderledes.')).toBeTruthy();
		expect(compared.getAllByText('48 timer')).toHaveLength(2);
		expect(screen.getByRole('heading', { name: 'Foreslå denne version' })).toBeTruthy();
	});

	it('asks for a time that lies ahead and a reason, and says what to mend', async () => {
		const spy = server();
		open('/rules/version/2026.2');
		await screen.findByRole('heading', { name: 'Foreslå denne version' });
		fill('Dag', '1');
		fill('Måned', '1');
		fill('År', '2020');
		fill('Klokkeslæt', '8.00');
		fill('Begrundelse', 'kort');
		fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
		const summary = within(await screen.findByRole('alert'));
		expect(summary.getAllByRole('link').map((link) => link.textContent)).toEqual([
			'Gælder fra: Tidspunktet er for tæt på. Vælg et, der ligger mindst fem minutter frem.',
			'Begrundelse: Skriv 10 til 2000 tegn. Der er 4.',
		]);
		expect(spy.asked('mutation ProposeVersion')).toHaveLength(0);
	});

	it('reads the time back in words, by the Danish clock, and leads to the proposal', async () => {
		const spy = server({ proposePackVersion: { __typename: 'ChangeProposed', change } });
		const { router } = open('/rules/version/2026.2');
		await screen.findByRole('heading', { name: 'Foreslå denne version' });
		fill('Dag', '1');
		fill('Måned', '7');
		fill('År', '2099');
		fill('Klokkeslæt', '0.00');
		expect(screen.getByText('Læst som: onsdag 1. juli 2099 kl. 00.00 dansk tid')).toBeTruthy();
		fill('Begrundelse', 'Ny frist efter lovændringen.');
		fireEvent.click(screen.getByRole('checkbox', { name: /Vurdér igangværende hændelser/ }));
		fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_1'));
		expect(spy.asked('mutation ProposeVersion')[0]?.variables.input).toEqual({
			version: '2026.2',
			inForceFrom: '2099-07-01T00:00:00+02:00',
			reason: 'Ny frist efter lovændringen.',
			reassessRunning: true,
		});
	});

	it('is not offered for a draft', async () => {
		server({ packVersion: { ...received, status: 'DRAFT' } });
		open('/rules/version/2026.2');
		expect(await screen.findByText('Et udkast kan læses og prøves, men aldrig udgives.')).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Foreslå' })).toBeNull();
	});
});

describe('deciding on a change', () => {
	it('shows exactly what, by whom, until when, with payload and fingerprint', async () => {
		server();
		open('/rules/change/change_1');
		await screen.findByRole('heading', { level: 1, name: 'Udgiv regelversion 2026.2' });
		const what = within(screen.getByRole('region', { name: 'Det bliver udført' }));
		expect(what.getByText(/1\. december.*kl\. 09\.00/)).toBeTruthy();
		expect(what.getByText('Ny frist efter lovændringen.')).toBeTruthy();
		expect(what.getByText(/beholder deres version/)).toBeTruthy();
		expect(what.getByText(payload)).toBeTruthy();
		expect(what.getByText(`SHA-256 ${'ef'.repeat(32)}`)).toBeTruthy();
		expect(screen.getByText('Henrik Rask')).toBeTruthy();
		expect(screen.getByText(/8\. december/)).toBeTruthy();
	});

	it('approves exactly what was read, after asking once more', async () => {
		let status = 'OPEN';
		const spy = server({
			change: () => ({ ...change, status, approvable: status === 'OPEN' }),
			approveChange: () => {
				status = 'EXECUTED';
				return { __typename: 'ChangeDecided', change: { ...change, status } };
			},
		});
		open('/rules/change/change_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Godkend' }));
		confirm('Ja, godkend');
		expect(await screen.findByText('Ændringen er godkendt.')).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Godkend' })).toBeNull();
		expect(spy.asked('mutation ApproveChange')[0]?.variables.input).toEqual({
			id: 'change_1',
			payloadSha256: 'ef'.repeat(32),
		});
	});

	it('asks for a fresh sign-in where the server wants one, and carries on', async () => {
		const spy = server({ approveChange: { __typename: 'ChangeDecided', change } });
		const api = globalThis.fetch;
		let stale = true;
		vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
			if (address.startsWith('/demo/sign-in')) {
				stale = false;
				return new Response('{}');
			}
			const answer = await api(address, init);
			const { data } = (await answer.clone().json()) as { data?: { approveChange?: unknown } };
			if (!stale || !data?.approveChange) return answer;
			const extensions = { code: 'STEP_UP_REQUIRED' };
			return Response.json({ data: null, errors: [{ message: 'sign in again', extensions }] });
		});
		const demo = document.createElement('meta');
		[demo.name, demo.content] = ['varsel-mode', 'demo'];
		document.head.append(demo);
		open('/rules/change/change_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Godkend' }));
		confirm('Ja, godkend');
		fireEvent.click(await screen.findByRole('button', { name: /Birgit Skov/ }));
		await waitFor(() => expect(spy.asked('mutation ApproveChange')).toHaveLength(2));
		expect(screen.queryByText(/Varsel svarede ikke/)).toBeNull();
		demo.remove();
	});

	it('rejects only with a reason', async () => {
		const spy = server({ rejectChange: { __typename: 'ChangeDecided', change } });
		open('/rules/change/change_1');
		const reason = await screen.findByLabelText('Hvorfor afviser du?');
		// The heading takes the focus first, as after every navigation.
		await act(async () => {});
		fireEvent.click(screen.getByRole('button', { name: 'Afvis' }));
		expect(screen.getByText('Skriv 10 til 2000 tegn. Der er 0.')).toBeTruthy();
		await waitFor(() => expect(document.activeElement).toBe(reason));
		fireEvent.change(reason, { target: { value: 'Fristen er læst forkert.' } });
		fireEvent.click(screen.getByRole('button', { name: 'Afvis' }));
		await waitFor(() => expect(spy.asked('mutation RejectChange')).toHaveLength(1));
	});

	it('one’s own is withdrawn, never approved, and the page says why', async () => {
		const spy = server({
			change: { ...change, approvable: false, withdrawable: true },
			withdrawChange: { __typename: 'ChangeDecided', change },
		});
		open('/rules/change/change_1');
		expect(
			await screen.findByText(/Du har selv foreslået ændringen og kan derfor ikke godkende den/),
		).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Godkend' })).toBeNull();
		fireEvent.click(screen.getByRole('button', { name: 'Træk forslaget tilbage' }));
		confirm('Ja, træk det tilbage');
		await waitFor(() => expect(spy.asked('mutation WithdrawChange')).toHaveLength(1));
	});

	it.each(Object.entries(rules.da.refusals))('has its own words for %s', async (code, text) => {
		server({ approveChange: { __typename: 'ChangeRefused', code, message: words('fra serveren') } });
		open('/rules/change/change_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Godkend' }));
		confirm('Ja, godkend');
		expect((await screen.findByRole('alert')).textContent).toBe(`Det blev ikke gjort${text}`);
	});

	it('shows the server’s words for a code that is new', async () => {
		server({ approveChange: { __typename: 'ChangeRefused', code: 'NEW', message: words('fra serveren') } });
		open('/rules/change/change_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Godkend' }));
		confirm('Ja, godkend');
		expect((await screen.findByRole('alert')).textContent).toContain('fra serveren');
	});

	it('says that it is not known whether it was decided when no answer comes', async () => {
		const spy = server();
		open('/rules/change/change_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Godkend' }));
		spy.cut(true);
		confirm('Ja, godkend');
		expect((await screen.findByRole('alert')).textContent).toContain('det vides ikke, om det blev besluttet');
	});
});

describe('re-assessing an incident', () => {
	const unit = { id: 'sektorcert', kind: 'SECTOR_UNIT', name: words('SektorCERT') };
	const at = '2026-11-24T13:35:00Z';
	const caseUnder = (packVersion: string, reassessable: boolean) => {
		const severity = held(3, 'Høj');
		const timeline = reassessable
			? []
			: [{ id: 'e1', at, kind: 'REASSESSED', text: words('Vurderet igen'), by: 'Ole' }];
		const organisation = { id: 'o1', name: 'Nordvind', cvr: null };
		const rest = { facts: [], obligations: [], cases: [], guidance: [], timeline, organisation, severity };
		const incident = {
			id: 'incident_1',
			number: 'V-1',
			packVersion,
			reassessable,
			requestable: [],
			receivedAt: at,
			receipt: null,
			receipts: [],
			...rest,
		};
		return { id: 'case_1', unit, part: 'LEAD', status: 'NEW', openedAt: at, updatedAt: at, incident };
	};
	const reassessment = {
		from: '2026.1',
		to: '2026.2',
		changes: [{ what: words('Frist for anmeldelse'), before: words('72 timer'), after: words('48 timer') }],
	};

	it('shows what would change, asks once more, and then shows what changed', async () => {
		let done = false;
		const spy = lawServer({
			case: () => caseUnder(done ? '2026.2' : '2026.1', !done),
			reassessment: () => (done ? null : reassessment),
			reassessIncident: () => {
				done = true;
				return { __typename: 'IncidentReassessed', incident: { id: 'incident_1', packVersion: '2026.2' } };
			},
			packVersions: [versionHead('2026.2', 'IN_FORCE', '2026-11-24T00:00:00+01:00')],
		});
		open('/case/case_1');
		expect(
			await screen.findByText(
				/Vurderet efter regelversion 2026\.1\. Siden tirsdag 24\. november.* gælder 2026\.2\./,
			),
		).toBeTruthy();
		expect(screen.queryByText('48 timer')).toBeNull();
		fireEvent.click(screen.getByRole('button', { name: 'Se, hvad der ville ændre sig' }));
		const effect = within(screen.getByRole('region', { name: 'Det ville ændre sig' }));
		expect(effect.getByText('72 timer')).toBeTruthy();
		expect(effect.getByText('48 timer')).toBeTruthy();
		fireEvent.click(effect.getByRole('button', { name: 'Vurdér efter 2026.2' }));
		confirm('Ja, vurdér igen');
		expect(await screen.findByText('Hændelsen er nu vurderet efter regelversion 2026.2.')).toBeTruthy();
		expect(await screen.findByText('Regelversion 2026.2')).toBeTruthy();
		expect(await screen.findByText(/Vurderet igen/)).toBeTruthy();
		expect(spy.asked('mutation Reassess')[0]?.variables.input).toEqual({
			incident: 'incident_1',
			packVersion: '2026.2',
		});
	});

	it('is not offered to those who may not, nor asked for', async () => {
		const spy = lawServer({ case: caseUnder('2026.1', false) });
		open('/case/case_1');
		expect(await screen.findByText('Regelversion 2026.1')).toBeTruthy();
		expect(screen.queryByText(/Nu gælder|Siden .* gælder/)).toBeNull();
		expect(spy.asked('query Reassessment')).toHaveLength(0);
	});

	it('is refused when the rules have changed again', async () => {
		lawServer({
			case: caseUnder('2026.1', true),
			reassessment,
			reassessIncident: { __typename: 'ChangeRefused', code: 'TARGET_CHANGED', message: words('x') },
		});
		open('/case/case_1');
		fireEvent.click(await screen.findByRole('button', { name: 'Se, hvad der ville ændre sig' }));
		fireEvent.click(screen.getByRole('button', { name: 'Vurdér efter 2026.2' }));
		confirm('Ja, vurdér igen');
		expect((await screen.findByRole('alert')).textContent).toContain('har ændret sig siden');
	});
});
