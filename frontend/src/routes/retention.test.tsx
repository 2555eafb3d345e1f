import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { held, words } from '@/testing/fixtures';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './CasePage';
import './IncidentPage';
import './retention';
import './rules';
import '@/features/retention/HoldLink';
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
const auditor = { ...birgit, id: 'p2', role: 'SECURITY_OFFICER', functions: ['AUDIT'] };
const line = (kind: string, more: object = {}) => ({
	kind,
	holds: words(`Det, ${kind} rummer`),
	basis: words('GDPR art. 5'),
	countedFrom: words('anvendelsen'),
	period: 6,
	unit: 'MONTHS',
	holdable: false,
	due: 0,
	overdue: 0,
	oldest: null,
	...more,
});
const hold = {
	number: 'V-2026-00042',
	reason: 'Politiet har bedt om den.',
	since: '2026-11-20T10:00:00Z',
	until: '2027-12-31T23:00:00Z',
	proposedBy: 'Birgit Skov',
	approvedBy: 'Henrik Rask',
	changeId: 'change_7',
};
const kept = {
	lines: [line('INCIDENTS', { period: 60, holdable: true, due: 3 }), line('USES', { holdable: true })],
	held: [hold],
	keptUses: [],
	runs: [
		{
			beganAt: '2026-11-25T00:00:00Z',
			endedAt: '2026-11-25T00:00:01Z',
			erased: [{ kind: 'USES', count: 1200 }],
			held: 1,
			overdue: 0,
		},
	],
	nextRunAt: new Date(Date.now() + 3 * 3_600_000).toISOString(),
};
const server = (root: Root = {}) => lawServer({ me: birgit, retention: kept, change: null, ...root });

describe('how long data is kept', () => {
	it('is calm where everything is erased in time', async () => {
		server();
		open('/retention');
		expect(await screen.findByText('Intet er over sin frist.')).toBeTruthy();
		expect(screen.getByText(/^Næste sletning: .*om 3 t/)).toBeTruthy();
		expect(screen.queryByRole('alert')).toBeNull();
		const policy = within(screen.getByRole('region', { name: 'Frister' }));
		expect(policy.getByText('60 måneder')).toBeTruthy();
		expect(policy.getByText('Det, INCIDENTS rummer')).toBeTruthy();
		expect(policy.getByText(/kan bevare en hændelse ud over fristen/)).toBeTruthy();
		expect(policy.getByText(/kan bevare det, en person har gjort/)).toBeTruthy();
		const runs = within(screen.getByRole('region', { name: 'De seneste sletninger' }));
		expect(runs.getByText('Loggen over anvendelser: 1.200')).toBeTruthy();
	});

	it('is an alarm where something is late, with what it is', async () => {
		server({ retention: { ...kept, lines: [line('USES', { due: 9, overdue: 4 })] } });
		open('/retention');
		const alarm = await screen.findByRole('alert');
		expect(alarm.textContent).toContain('Loggen over anvendelser: 4 skulle være slettet');
		expect(screen.queryByText('Intet er over sin frist.')).toBeNull();
	});

	it('says that no erasure will come, or that one did not', async () => {
		server({ retention: { ...kept, nextRunAt: null } });
		const { unmount } = open('/retention');
		expect(await screen.findByText(/Ingen sletning er planlagt/)).toBeTruthy();
		unmount();
		server({
			retention: { ...kept, nextRunAt: new Date(Date.now() - 2 * 3_600_000).toISOString() },
		});
		open('/retention');
		expect(await screen.findByText(/En sletning skulle være begyndt/)).toBeTruthy();
	});

	it('lets administrators propose, and those who watch look on', async () => {
		server();
		const { unmount } = open('/retention');
		const holds = within(
			await screen.findByRole('region', { name: 'Hændelser, der bevares ud over fristen' }),
		);
		expect(holds.getByText('fredag 31. december 2027')).toBeTruthy();
		expect(holds.getByRole('link', { name: /ophæve bevaringen af V-2026-00042/ }).getAttribute('href')).toBe(
			'/retention/lift?incident=V-2026-00042',
		);
		expect(holds.getByRole('link', { name: /Henrik Rask/ }).getAttribute('href')).toBe(
			'/rules/change/change_7',
		);
		unmount();
		server({ me: auditor });
		open('/retention');
		const seen = within(
			await screen.findByRole('region', { name: 'Hændelser, der bevares ud over fristen' }),
		);
		expect(seen.getByText('Henrik Rask')).toBeTruthy();
		expect(seen.queryAllByRole('link')).toHaveLength(0);
	});

	it('is asked for nobody else', async () => {
		const spy = server({ me: { ...birgit, role: 'REPORTER', functions: ['INPUT', 'READ'] } });
		open('/retention');
		expect(await screen.findByText(/Siden er for administratorer og sikkerhedsansvarlige/)).toBeTruthy();
		expect(spy.asked('query Retention')).toHaveLength(0);
	});
});

const type = (name: string, value: string) =>
	fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
const valueOf = (name: string) => (screen.getByRole('textbox', { name }) as HTMLInputElement).value;

describe('proposing a hold', () => {
	it('names each field that will not do, and sends nothing', async () => {
		const spy = server();
		open('/retention/hold');
		fireEvent.click(await screen.findByRole('button', { name: 'Foreslå' }));
		const summary = await screen.findByRole('alert');
		await waitFor(() => expect(document.activeElement).toBe(summary));
		expect(
			within(summary)
				.getAllByRole('link')
				.map((link) => link.textContent),
		).toEqual([
			'Hændelsens nummer: Skriv hændelsens nummer, for eksempel V-2026-00042.',
			'Sidste dag: Skriv en dag, som findes, for eksempel 31.12.2027.',
			'Begrundelse: Skriv 10 til 2000 tegn. Der er 0.',
		]);
		expect(spy.asked('mutation ProposeHold')).toHaveLength(0);
	});

	it('comes from an incident with its number, is sent as typed, and leads to the proposal', async () => {
		const spy = server({ proposeHold: { __typename: 'ChangeProposed', change: { id: 'change_9' } } });
		const { router } = open('/retention/hold?incident=V-2026-00042');
		await screen.findByRole('button', { name: 'Foreslå' });
		expect(valueOf('Hændelsens nummer')).toBe('V-2026-00042');
		type('Sidste dag', '31.12.2027');
		type('Begrundelse', 'Politiet har bedt om den.');
		fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_9'));
		expect(spy.asked('mutation ProposeHold')[0]?.variables).toEqual({
			input: {
				number: 'V-2026-00042',
				until: '2028-01-01T00:00:00+01:00',
				reason: 'Politiet har bedt om den.',
			},
		});
	});

	it('shows a refusal at its field, and nothing that was typed is lost', async () => {
		server({
			proposeHold: { __typename: 'ChangeRefused', code: 'UNKNOWN_INCIDENT', message: words('x') },
		});
		open('/retention/hold');
		await screen.findByRole('button', { name: 'Foreslå' });
		type('Hændelsens nummer', 'V-2026-99999');
		type('Sidste dag', '31.12.2027');
		type('Begrundelse', 'Politiet har bedt om den.');
		fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
		const summary = await screen.findByRole('alert');
		expect(summary.textContent).toContain('Hændelsens nummer: Der er ingen hændelse med det nummer.');
		expect(screen.getByRole('textbox', { name: 'Hændelsens nummer' }).getAttribute('aria-invalid')).toBe(
			'true',
		);
		expect([valueOf('Hændelsens nummer'), valueOf('Sidste dag'), valueOf('Begrundelse')]).toEqual([
			'V-2026-99999',
			'31.12.2027',
			'Politiet har bedt om den.',
		]);
		type('Hændelsens nummer', 'V-2026-00042');
		expect(screen.queryByText(/Der er ingen hændelse/)).toBeNull();
	});

	it('keeps what was typed where no answer comes', async () => {
		const spy = server();
		open('/retention/lift?incident=V-2026-00042');
		await screen.findByRole('button', { name: 'Foreslå' });
		type('Begrundelse', 'Sagen er afsluttet.');
		spy.cut(true);
		fireEvent.click(screen.getByRole('button', { name: 'Foreslå' }));
		expect(await screen.findByText(/det vides ikke, om det blev foreslået/)).toBeTruthy();
		expect(valueOf('Begrundelse')).toBe('Sagen er afsluttet.');
	});

	it('is for administrators', async () => {
		server({ me: auditor });
		open('/retention/hold');
		expect(await screen.findByText(/Denne side er for administratorer/)).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Foreslå' })).toBeNull();
	});
});

describe('the page of an incident', () => {
	const unit = { id: 'sektorcert', kind: 'SECTOR_UNIT', name: words('SektorCERT') };
	const at = '2026-11-24T13:35:00Z';
	const none = { facts: [], obligations: [], cases: [], guidance: [], timeline: [] };
	const incident = {
		id: 'incident_1',
		number: 'V-2026-00042',
		packVersion: '2026.1',
		reassessable: false,
		requestable: [],
		receivedAt: at,
		receipt: null,
		receipts: [],
		organisation: { id: 'o1', name: 'Nordvind', cvr: null },
		severity: held(3, 'Høj'),
		...none,
	};
	const found = {
		id: 'case_1',
		unit,
		part: 'LEAD',
		status: 'NEW',
		openedAt: at,
		updatedAt: at,
		incident,
	};
	const name = 'Foreslå at bevare hændelsen ud over slettefristen';

	it.each(['/incident/incident_1', '/case/case_1'])(
		'leads from %s to the proposal, for administrators only',
		async (address) => {
			server({ me: { ...birgit, functions: ['READ', 'ADMINISTER'] }, incident, case: found });
			const { unmount } = open(address);
			expect((await screen.findByRole('link', { name })).getAttribute('href')).toBe(
				'/retention/hold?incident=V-2026-00042',
			);
			unmount();
			server({ me: { ...birgit, functions: ['READ'] }, incident, case: found });
			open(address);
			expect(await screen.findByRole('heading', { level: 1, name: /V-2026-00042/ })).toBeTruthy();
			expect(screen.queryByRole('link', { name })).toBeNull();
		},
	);
});

describe('the change about a hold', () => {
	const change = {
		id: 'change_7',
		kind: 'PLACE_HOLD',
		status: 'OPEN',
		title: words('Bevar V-2026-00042'),
		reason: 'Politiet har bedt om den.',
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
		const { unmount } = open('/rules/change/change_7');
		const text = (await screen.findByRole('region', { name: 'Det bliver udført' })).textContent;
		unmount();
		return text;
	};

	it('shows number, reason and end from exactly what is approved', async () => {
		const until = '2027-12-31T23:00:00Z';
		const placed = await what({ kind: 'place_hold', incident: 'i', number: 'V-2026-00042', until });
		for (const part of ['V-2026-00042', 'Politiet har bedt om den.', 'fredag 31. december 2027']) {
			expect(placed).toContain(part);
		}
		const lifted = await what({ kind: 'lift_hold', incident: 'i', number: 'V-2026-00042' });
		expect(lifted).toContain('bliver ikke længere bevaret');
		expect(lifted).not.toContain('Til og med');
	});
});
