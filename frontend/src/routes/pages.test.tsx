import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasDraft, saveDraft } from '@/features/report/draft';
import { duty, held, receiptOf, route, step, words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { reporter, reportServer } from '@/testing/report';

const mode = (content: string) => {
	document.head.innerHTML = `<meta name="varsel-mode" content="${content}">`;
};
afterEach(() => {
	document.head.innerHTML = '';
});

const severity = held(3, 'Høj');
const receipt = receiptOf({
	recipients: [route('SektorCERT')],
	met: [duty({ stageName: words('Opfyldt pligt'), status: 'MET' })],
	next: duty({ stageName: words('Næste pligt') }),
});
const incident = {
	id: 'incident_1',
	number: 'V-2026-00042',
	receivedAt: '2026-11-24T13:35:00Z',
	packVersion: '2026.1',
	reassessable: false,
	requestable: [],
	organisation: { id: 'o1', name: 'Nordvind Energi', cvr: null },
	severity,
	facts: [],
	obligations: [duty({ stageName: words('Næste pligt') })],
	cases: [],
	guidance: [{ playbook: 'ransomware', version: 1, title: words('Ransomware'), steps: [step('1')] }],
	timeline: [],
	receipt,
	receipts: [receipt],
};

describe('the front page', () => {
	it('has one big action, the assurance about liability and the phone lines', async () => {
		const units = [
			{ id: 'sds', kind: 'AUTHORITY', name: words('Sundhedsdatastyrelsen'), phone: null },
			{ id: 'ens', kind: 'AUTHORITY', name: words('Energistyrelsen'), phone: '+45 3392 6700' },
			{ id: 'csirt', kind: 'CSIRT', name: words('CSIRT’en'), phone: '+45 3332 5580' },
		];
		reportServer({ pack: { id: 'dk', version: '1', facts: [], units } });
		open('/');
		expect((await screen.findByRole('link', { name: 'Indberet en hændelse' })).getAttribute('href')).toBe(
			'/report',
		);
		expect(screen.getByText('At indberette øger ikke jeres ansvar')).toBeTruthy();
		expect((await screen.findByRole('link', { name: '+45\u00a03332\u00a05580' })).getAttribute('href')).toBe(
			'tel:+4533325580',
		);
		expect(screen.getAllByRole('link', { name: /^\+45/ }).map((link) => link.textContent)).toEqual([
			'+45\u00a03332\u00a05580',
			'+45\u00a03392\u00a06700',
		]);
		expect(document.title).toBe('Indberet en sikkerhedshændelse – Varsel');
	});

	it('shows a reporter the incidents of the organisation with the next deadline', async () => {
		reportServer({ me: reporter, incidents: { nodes: [incident], totalCount: 1 } });
		open('/');
		const mine = within((await screen.findByText('V-2026-00042')).closest('li') as HTMLElement);
		expect(mine.getByText('Senest tirsdag 24. november kl. 22.15')).toBeTruthy();
		expect(mine.getByText('Høj')).toBeTruthy();
	});

	it('leads a security officer, who cannot report, to their own tasks', async () => {
		const viewer = { ...reporter, role: 'SECURITY_OFFICER', functions: ['AUDIT'], organisation: null };
		reportServer({ me: viewer });
		open('/');
		const action = await screen.findByRole('link', { name: 'Gå til adgang og afviste forsøg' });
		expect(action.getAttribute('href')).toBe('/access');
		expect(screen.queryByRole('link', { name: 'Indberet en hændelse' })).toBeNull();
		const menu = within(screen.getByRole('navigation', { name: 'Hovedmenu' }));
		expect(menu.getAllByRole('link').map((link) => link.textContent)).toEqual(['Adgang']);
	});

	it('goes on where the reporter was before signing in, once', async () => {
		sessionStorage.setItem('varsel.back', '/report/check');
		reportServer({ me: reporter, incidents: { nodes: [], totalCount: 0 } });
		const { router } = open('/');
		await waitFor(() => expect(router.state.location.pathname).toBe('/report/check'));
		expect(sessionStorage.getItem('varsel.back')).toBeNull();
	});
});

describe('the receipt', () => {
	it('has the number, who got it and why, what is next, the fingerprint and the first steps', async () => {
		reportServer({ me: reporter, incident });
		open('/incident/incident_1/receipt');
		expect(await screen.findByText('V-2026-00042')).toBeTruthy();
		for (const text of ['Næste pligt', 'Opfyldt pligt', 'SektorCERT', 'Trin 1', 'ab'.repeat(32)]) {
			expect(screen.getByText(text)).toBeTruthy();
		}
	});

	it('of each filing stays, with the organisation and the year', async () => {
		const organisation = { id: 'organisation_1', name: 'Nordvind Elnet A/S', cvr: '99990104' };
		const later = { ...receipt, id: 'filing_2', receivedAt: '2026-11-25T08:00:00Z', filedBy: 'Karen Holm' };
		const receipts = [receipt, later];
		reportServer({ me: reporter, incident: { ...incident, organisation, receipt: later, receipts } });
		const { router } = open('/incident/incident_1/receipt');
		expect(await screen.findByText('Karen Holm')).toBeTruthy();
		expect(screen.getByText('Nordvind Elnet A/S, CVR 99990104')).toBeTruthy();
		const all = screen.getByRole('navigation', { name: 'Kvitteringer for hændelsen' });
		const links = within(all).getAllByRole('link');
		expect(links.map((link) => link.getAttribute('aria-current'))).toEqual([null, 'page']);
		fireEvent.click(within(all).getByRole('link', { name: /24\. november 2026/ }));
		expect(await screen.findByText('Mette Holm')).toBeTruthy();
		expect(router.state.location.search).toEqual({ filing: 'filing_1' });
	});

	it('does not tell whether an incident exists that one may not see', async () => {
		reportServer({ me: reporter, incident: null });
		open('/incident/incident_9/receipt');
		expect(await screen.findByRole('heading', { level: 1, name: 'Siden findes ikke' })).toBeTruthy();
		expect(await screen.findByText(/findes ikke, eller I har ikke adgang/)).toBeTruthy();
	});
});

it('a case says that the view is logged', async () => {
	const unit = { id: 'sektorcert', kind: 'SECTOR_UNIT', name: words('SektorCERT') };
	const own = {
		id: 'case_1',
		unit,
		part: 'LEAD',
		status: 'NEW',
		openedAt: incident.receivedAt,
		updatedAt: incident.receivedAt,
	};
	const other = {
		...own,
		id: 'case_2',
		unit: { ...unit, id: 'csirt', name: words('CSIRT’en') },
		part: 'INFORM',
	};
	reportServer({
		case: { ...own, incident: { ...incident, receipt: null, receipts: [], cases: [own, other] } },
	});
	open('/case/case_1');
	expect(await screen.findByText('Det bliver logget, at du har åbnet sagen.')).toBeTruthy();
	const others = within(screen.getByRole('region', { name: 'Andre enheder på hændelsen' }));
	expect(others.getByText('CSIRT’en')).toBeTruthy();
	expect(others.queryByText('SektorCERT')).toBeNull();
});

describe('around the pages', () => {
	it('the demo says so on every page, the real service does not', async () => {
		reportServer();
		mode('demo');
		const demo = open('/nowhere');
		expect(await screen.findByText(/opdigtede/)).toBeTruthy();
		expect(screen.getByRole('heading', { level: 1, name: 'Siden findes ikke' })).toBeTruthy();
		demo.unmount();
		mode('live');
		open('/accessibility');
		await screen.findByRole('heading', { level: 1, name: 'Tilgængelighed' });
		expect(screen.queryByText(/opdigtede/)).toBeNull();
		expect(screen.getByRole('link', { name: 'Log ind' }).getAttribute('href')).toBe('/sign-in');
	});

	it('the language switch keeps the page and writes the cookie', async () => {
		reportServer();
		const { router } = open('/accessibility');
		await screen.findByRole('heading', { level: 1, name: 'Tilgængelighed' });
		fireEvent.click(screen.getByRole('button', { name: 'English' }));
		await screen.findByRole('heading', { level: 1, name: 'Accessibility' });
		expect(router.state.location.pathname).toBe('/accessibility');
		expect([document.cookie, document.documentElement.lang]).toEqual([
			expect.stringContaining('lang=en'),
			'en',
		]);
	});

	it('a navigation puts the focus on the heading of the new page', async () => {
		reportServer();
		open('/accessibility');
		await screen.findByRole('heading', { level: 1, name: 'Tilgængelighed' });
		fireEvent.click(screen.getByRole('link', { name: /Varsel/ }));
		const heading = await screen.findByRole('heading', { level: 1, name: 'Indberet en sikkerhedshændelse' });
		await waitFor(() => expect(document.activeElement).toBe(heading));
	});

	it('says when the browser is offline', async () => {
		reportServer();
		open('/accessibility');
		await screen.findByRole('heading', { level: 1 });
		vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
		fireEvent(window, new Event('offline'));
		expect(screen.getByText(/I er offline/)).toBeTruthy();
		vi.restoreAllMocks();
	});
});

const person = (id: string, name: string, role: string) => ({
	id,
	name,
	role,
	title: words(`Titel ${id}`),
	belongsTo: words(`Sted ${id}`),
});

describe('signing out', () => {
	beforeEach(() => {
		HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
			this.open = true;
		};
	});

	it('asks first when a draft would be lost', async () => {
		saveDraft(sessionStorage, { answers: { description: { text: 'x' } }, sending: null });
		reportServer({ me: reporter });
		open('/accessibility');
		fireEvent.click(await screen.findByRole('button', { name: 'Log ud' }));
		expect(screen.getByRole('dialog', { name: /kladde, der ikke er sendt/ })).toBeTruthy();
		expect(hasDraft(sessionStorage)).toBe(true);
	});
});

describe('signing in to the demo', () => {
	it('groups the people by kind and says who they are', async () => {
		mode('demo');
		reportServer();
		const people = [person('a', 'Ole Krag', 'officer'), person('b', 'Mette Holm', 'REPORTER')];
		const graphql = fetch;
		vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
			url === '/demo/people' ? Response.json(people) : graphql(url, init),
		);
		open('/sign-in');
		expect(await screen.findByRole('button', { name: /Mette Holm/ })).toBeTruthy();
		expect(screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent)).toEqual([
			'Indberettere',
			'Sagsbehandlere hos myndigheder',
		]);
		expect(screen.getByText('Sted a')).toBeTruthy();
	});
});
