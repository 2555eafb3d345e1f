import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { words } from '@/testing/fixtures';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './access';
import './retention';
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
const auditor = { ...birgit, id: 'p3', role: 'SECURITY_OFFICER', functions: ['AUDIT'] };
const mads = {
	id: 'p2',
	name: 'Mads Krogh',
	email: 'mads@myndighed.example',
	role: 'OFFICER',
	home: words('SektorCERT'),
};
const times = {
	from: '2026-09-30T22:00:00Z',
	to: '2026-10-31T23:00:00Z',
	until: '2028-12-31T23:00:00Z',
};
const entry = {
	personId: 'p2',
	personName: 'Mads Krogh',
	...times,
	reason: 'Politiet har bedt om dem.',
	since: '2026-11-20T10:00:00Z',
	proposedBy: 'Birgit Skov',
	approvedBy: 'Henrik Rask',
	changeId: 'change_7',
};
const retention = { lines: [], held: [], keptUses: [entry], runs: [], nextRunAt: '2026-11-26T00:00:00Z' };
const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };
const people = [mads, { ...birgit, email: null, home: null }];
const server = (root: Root = {}) =>
	lawServer({
		me: birgit,
		retention,
		change: null,
		authorisations: none,
		person: ({ id }: { id: string }) => people.find((each) => each.id === id) ?? null,
		...root,
	});

const type = (name: string, value: string) =>
	fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
const valueOf = (name: string) => (screen.getByRole('textbox', { name }) as HTMLInputElement).value;
const propose = () => fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
const fields = ['Periodens første dag', 'Periodens sidste dag', 'Bevares til og med', 'Begrundelse'] as const;
const values = ['1.10.2025', '31.10.2025', '31.12.2028', 'Politiet har bedt om dem.'] as const;
const fill = () => fields.forEach((field, index) => type(field, values[index] ?? ''));

describe('log entries that are kept', () => {
	const section = async () =>
		within(await screen.findByRole('region', { name: 'Logposter, der bevares ud over fristen' }));

	it('are told of, and administrators can propose to release them', async () => {
		server();
		open('/retention');
		const kept = await section();
		for (const text of [
			/torsdag 1\. oktober( 2026)? til og med lørdag 31\. oktober/,
			/^søndag 31\. december 2028/,
			'Politiet har bedt om dem.',
			'Birgit Skov',
		]) {
			expect(kept.getByText(text)).toBeTruthy();
		}
		const address = (name: RegExp) => kept.getByRole('link', { name }).getAttribute('href');
		expect(address(/ophæve bevaringen af logposterne om, hvad Mads Krogh har gjort/)).toBe(
			'/retention/release?person=p2',
		);
		expect(address(/Henrik Rask: se godkendelsen/)).toBe('/rules/change/change_7');
		expect(address(/Find personen under Adgang/)).toBe('/access');
	});

	it('are shown to those who watch, who propose nothing', async () => {
		server({ me: auditor });
		open('/retention');
		const kept = await section();
		expect(kept.queryByRole('alert')).toBeNull();
		expect(kept.getByText('Mads Krogh')).toBeTruthy();
		expect(kept.getByText('Henrik Rask')).toBeTruthy();
		expect(kept.queryAllByRole('link')).toHaveLength(0);
	});

	it('are an alarm where no change keeps them', async () => {
		const gone = { ...entry, reason: '', proposedBy: null, approvedBy: null };
		server({ retention: { ...retention, keptUses: [gone] } });
		open('/retention');
		const alarm = (await section()).getByRole('alert');
		expect(alarm.textContent).toContain('posterne om, hvad Mads Krogh har gjort');
		expect((await section()).queryByRole('link', { name: /se godkendelsen/ })).toBeNull();
	});

	it('are none where none are', async () => {
		server({ retention: { ...retention, keptUses: [] } });
		open('/retention');
		expect((await section()).getByText('Ingen logposter er bevaret ud over fristen.')).toBeTruthy();
	});
});

describe('proposing to keep log entries', () => {
	it('names each field that will not do, and sends nothing', async () => {
		const spy = server();
		open('/retention/keep?person=p2');
		expect(await screen.findByText('Mads Krogh')).toBeTruthy();
		expect(screen.getByText('mads@myndighed.example, SektorCERT')).toBeTruthy();
		propose();
		const summary = await screen.findByRole('alert');
		await waitFor(() => expect(document.activeElement).toBe(summary));
		const links = within(summary).getAllByRole('link');
		expect(links.map((link) => link.textContent?.split(':')[0])).toEqual(fields);
		expect(spy.asked('mutation ProposeKeepingUses')).toHaveLength(0);
		fireEvent.click(links[1] as HTMLElement);
		await waitFor(() =>
			expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Periodens sidste dag' })),
		);
	});

	it('tells the last day that is allowed, sends whole Danish days, and leads to the proposal', async () => {
		const spy = server({ proposeKeepingUses: { __typename: 'ChangeProposed', change: { id: 'change_9' } } });
		const { router } = open('/retention/keep?person=p2');
		await screen.findByRole('button', { name: 'Foreslå' });
		expect(screen.getByText(/^Senest fem år efter periodens første dag/)).toBeTruthy();
		fill();
		expect(screen.getByText(/^Senest mandag 30\. september 2030: fem år efter/)).toBeTruthy();
		propose();
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeKeepingUses')[0]?.variables).toEqual({
			input: {
				person: 'p2',
				from: '2025-10-01T00:00:00+02:00',
				to: '2025-11-01T00:00:00+01:00',
				until: '2029-01-01T00:00:00+01:00',
				reason: 'Politiet har bedt om dem.',
			},
		});
	});

	it('shows a refusal at its field, or above the button, and nothing that was typed is lost', async () => {
		const refusal = (code: string) => ({ __typename: 'ChangeRefused', code, message: words(`Nej: ${code}`) });
		const codes = ['KEEP_END', 'OWN_USES'];
		server({ proposeKeepingUses: () => refusal(codes.shift() ?? '') });
		open('/retention/keep?person=p2');
		await screen.findByRole('button', { name: 'Foreslå' });
		fill();
		propose();
		expect((await screen.findByRole('alert')).textContent).toContain(
			'Bevares til og med: Vælg en dag efter i dag',
		);
		const until = screen.getByRole('textbox', { name: 'Bevares til og med' });
		expect(until.getAttribute('aria-invalid')).toBe('true');
		expect(fields.map(valueOf)).toEqual(values);
		type('Bevares til og med', '30.12.2028');
		expect(screen.queryByRole('alert')).toBeNull();
		propose();
		expect(await screen.findByText('Nej: OWN_USES')).toBeTruthy();
		expect(valueOf('Bevares til og med')).toBe('30.12.2028');
		expect(until.getAttribute('aria-invalid')).toBeNull();
	});

	it('keeps what was typed where no answer comes', async () => {
		const spy = server();
		open('/retention/keep?person=p2');
		await screen.findByRole('button', { name: 'Foreslå' });
		fill();
		spy.cut(true);
		propose();
		expect(await screen.findByText(/det vides ikke, om det blev foreslået/)).toBeTruthy();
		expect(fields.map(valueOf)).toEqual(values);
	});
});

describe('proposing to release log entries', () => {
	it('asks for a reason, and leads to the proposal', async () => {
		const spy = server({
			proposeReleasingUses: { __typename: 'ChangeProposed', change: { id: 'change_9' } },
		});
		const { router } = open('/retention/release?person=p2');
		expect(await screen.findByText('Mads Krogh')).toBeTruthy();
		propose();
		expect((await screen.findByRole('alert')).textContent).toContain('Begrundelse: Skriv 10 til 2000 tegn.');
		expect(spy.asked('mutation ProposeReleasingUses')).toHaveLength(0);
		type('Begrundelse', ' Sagen er afsluttet. ');
		propose();
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeReleasingUses')[0]?.variables).toEqual({
			input: { person: 'p2', reason: 'Sagen er afsluttet.' },
		});
	});

	it('says that nothing is kept, in the server’s words', async () => {
		const message = words('Intet bevares.');
		server({ proposeReleasingUses: { __typename: 'ChangeRefused', code: 'NOT_KEPT', message } });
		open('/retention/release?person=p2');
		await screen.findByRole('button', { name: 'Foreslå' });
		type('Begrundelse', 'Sagen er afsluttet.');
		propose();
		expect(await screen.findByText('Intet bevares.')).toBeTruthy();
		expect(valueOf('Begrundelse')).toBe('Sagen er afsluttet.');
	});
});

describe.each(['/retention/keep', '/retention/release'])('the page %s', (path) => {
	it('says where people are, when none or nobody is named', async () => {
		const spy = server();
		const { unmount } = open(path);
		expect(await screen.findByText('Her mangler en person.')).toBeTruthy();
		expect(spy.asked('query KeptPerson')).toHaveLength(0);
		unmount();
		open(`${path}?person=p99`);
		expect(await screen.findByText('Personen findes ikke.')).toBeTruthy();
		expect(screen.getByRole('link', { name: 'Find personen under Adgang' }).getAttribute('href')).toBe(
			'/access',
		);
		expect(screen.queryByRole('button', { name: 'Foreslå' })).toBeNull();
	});

	it('says that others see to what one did oneself', async () => {
		server();
		open(`${path}?person=p1`);
		expect(await screen.findByText('Det er dine egne handlinger.')).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Foreslå' })).toBeNull();
	});

	it('can be asked again where the name did not come', async () => {
		let fails = true;
		server({
			person: () => {
				if (fails) throw new Error('no database');
				return mads;
			},
		});
		open(`${path}?person=p2`);
		expect(await screen.findByText('Personens navn kunne ikke hentes.')).toBeTruthy();
		fails = false;
		fireEvent.click(screen.getByRole('button', { name: /Prøv igen/ }));
		expect(await screen.findByText('Mads Krogh')).toBeTruthy();
	});

	it('is for administrators', async () => {
		const spy = server({ me: auditor });
		open(`${path}?person=p2`);
		expect(await screen.findByText(/Denne side er for administratorer/)).toBeTruthy();
		expect(spy.asked('query KeptPerson')).toHaveLength(0);
	});
});

describe('the page of a person', () => {
	const name = 'Bevar loggen over, hvad personen har gjort';
	it('leads to the proposal, for administrators, and not for themselves', async () => {
		server();
		const { unmount } = open('/access/person/p2');
		expect((await screen.findByRole('link', { name })).getAttribute('href')).toBe(
			'/retention/keep?person=p2',
		);
		unmount();
		for (const [me, id, who] of [
			[birgit, 'p1', 'Birgit Skov'],
			[auditor, 'p2', 'Mads Krogh'],
		] as const) {
			server({ me });
			const page = open(`/access/person/${id}`);
			expect(await screen.findByRole('heading', { level: 1, name: who })).toBeTruthy();
			expect(screen.queryByRole('link', { name })).toBeNull();
			page.unmount();
		}
	});
});

describe('the change about log entries', () => {
	const change = {
		id: 'change_7',
		kind: 'KEEP_USES',
		status: 'OPEN',
		title: words('Bevar logposter'),
		reason: 'Politiet har bedt om dem.',
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
	const what = async (payload: object) => {
		server({ change: { ...change, payload: JSON.stringify(payload) } });
		open('/rules/change/change_7');
		return within(await screen.findByRole('region', { name: 'Det bliver udført' }));
	};

	it('says whose, of which time and until when, from exactly what is approved', async () => {
		const kept = await what({ kind: 'keep_uses', person: 'p2', name: 'Mads Krogh', ...times });
		for (const text of [
			/bliver stående ud over fristen på seks måneder/,
			/til og med lørdag 31\. oktober/,
			/^søndag 31\. december 2028/,
			'Politiet har bedt om dem.',
		]) {
			expect(kept.getByText(text)).toBeTruthy();
		}
		expect(kept.getByRole('link', { name: 'Mads Krogh' }).getAttribute('href')).toBe('/access/person/p2');
	});

	it('says whose entries are released', async () => {
		const released = await what({ kind: 'release_uses', person: 'p2', name: 'Mads Krogh' });
		expect(released.getByText(/bliver ikke længere bevaret/)).toBeTruthy();
		expect(released.queryByText('Periode')).toBeNull();
	});
});
