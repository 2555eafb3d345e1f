import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { becomingOf, stays } from '@/features/settings/becoming';
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
	functions: ['ADMINISTER'],
	organisation: null,
	unit: null,
};
const auditor = { ...birgit, id: 'p2', role: 'SECURITY_OFFICER', functions: ['AUDIT'] };
const rows = [
	{ name: 'incident_months', adopted: ['60'], configured: ['12'] },
	{ name: 'job_days', adopted: ['30'], configured: ['30'] },
];
const log = [
	{ name: 'checkpoint_mailboxes', adopted: [], configured: [] },
	{ name: 'witnesses.north', adopted: ['https://witness.example', 'a key'], configured: null },
];
const criticalSettings = [
	{
		area: 'RETENTION',
		label: words('slettefrister'),
		settings: rows,
		waits: true,
		since: '2026-11-20T10:00:00Z',
		change: 'change_9',
	},
	{
		area: 'USE_LOG',
		label: words('logning'),
		settings: log,
		waits: false,
		since: '2026-11-20T10:00:00Z',
		change: null,
	},
];

const server = (root: Root = {}) => lawServer({ me: birgit, criticalSettings, ...root });

describe('the critical settings', () => {
	it('lead whoever investigates to the log that tells of what was there from the beginning', async () => {
		server({ me: auditor });
		open('/settings');
		const holding = within(await screen.findByRole('region', { name: 'Logning' }));
		const link = holding.getByRole('link', { name: 'Se loggen over anvendelser' });
		expect(link.getAttribute('href')).toBe('/uses');
	});

	it('show what holds and what waits, and only that can be proposed', async () => {
		const spy = server({
			proposeSettings: { __typename: 'ChangeRefused', code: 'ALREADY_ADOPTED', message: words('x') },
		});
		open('/settings');
		const back = await screen.findByRole('link', { name: 'Til adgang' });
		expect(back.getAttribute('href')).toBe('/access');
		const waiting = within(await screen.findByRole('region', { name: 'Slettefrister' }));
		const [changed, same] = waiting.getAllByRole('definition');
		expect(changed?.textContent).toBe('60I stedet: 12');
		expect(same?.textContent).toBe('30');
		const holding = within(screen.getByRole('region', { name: 'Logning' }));
		const [none, gone] = holding.getAllByRole('definition');
		expect(none?.textContent).toBe('ingen');
		expect(gone?.textContent).toBe('https://witness.example, a keyI stedet: ikke sat');
		expect(holding.queryByRole('button')).toBeNull();
		const reason = waiting.getByLabelText('Begrundelse') as HTMLTextAreaElement;
		fireEvent.change(reason, { target: { value: 'Aftalt med tilsynet.' } });
		fireEvent.click(waiting.getByRole('button'));
		expect(await screen.findByText(/gælder allerede/)).toBeTruthy();
		expect(reason.value).toBe('Aftalt med tilsynet.');
		expect(spy.asked('mutation ProposeSettings')[0]?.variables).toMatchObject({
			input: { area: 'RETENTION', reason: 'Aftalt med tilsynet.' },
		});
	});

	it('are shown to those who watch, and they propose nothing', async () => {
		server({ me: auditor });
		open('/settings');
		const waiting = within(await screen.findByRole('region', { name: 'Slettefrister' }));
		expect(waiting.getByText('Venter på godkendelse')).toBeTruthy();
		expect(waiting.getByText(/Godkendt af to administratorer/)).toBeTruthy();
		expect(waiting.queryByRole('link')).toBeNull();
		expect(screen.queryAllByRole('button', { name: /Foreslå/ })).toHaveLength(0);
		expect(screen.queryByRole('textbox')).toBeNull();
	});

	it('are asked for nobody else', async () => {
		const spy = server({ me: { ...birgit, role: 'OFFICER', functions: ['READ', 'DECIDE'] } });
		open('/settings');
		expect(await screen.findByText(/Siden er for administratorer og sikkerhedsansvarlige/)).toBeTruthy();
		expect(screen.queryByRole('link', { name: 'Til adgang' })).toBeNull();
		expect(spy.asked('query CriticalSettings')).toHaveLength(0);
	});

	it('keep the reason where no answer comes, and do not claim that nothing was proposed', async () => {
		const spy = server();
		open('/settings');
		const waiting = within(await screen.findByRole('region', { name: 'Slettefrister' }));
		const reason = waiting.getByLabelText('Begrundelse') as HTMLTextAreaElement;
		fireEvent.change(reason, { target: { value: 'Aftalt med tilsynet.' } });
		spy.cut(true);
		fireEvent.click(waiting.getByRole('button'));
		expect((await waiting.findByRole('alert')).textContent).toContain(
			'det vides ikke, om det blev foreslået',
		);
		expect(reason.value).toBe('Aftalt med tilsynet.');
	});
});

describe('the change that adopts some', () => {
	const payload = JSON.stringify({
		kind: 'adopt_settings',
		area: 'use_log',
		settings: {
			checkpoint_mailboxes: [],
			require_separation: ['true'],
			'witnesses.south': ['https://south.example', 'its key'],
		},
	});
	const held = [
		...log,
		{ name: 'require_separation', adopted: ['false'], configured: ['true'] },
		{ name: 'witnesses.south', adopted: null, configured: ['https://south.example', 'its key'] },
	];
	const change = {
		id: 'change_9',
		kind: 'ADOPT_SETTINGS',
		status: 'OPEN',
		title: words('Tag nye indstillinger i brug: logning'),
		reason: 'Nordvidnet er lukket.',
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
		packVersion: null,
		grant: null,
	};
	const areas = criticalSettings.map((each) =>
		each.area === 'USE_LOG' ? { ...each, settings: held, waits: true } : each,
	);
	const what = async () => within(await screen.findByRole('region', { name: 'Det bliver udført' }));
	const said = async (name: string | RegExp) =>
		(await (await what()).findByText(name)).closest('.answers-row')?.querySelector('dd')?.textContent;

	it('shows what holds and what it becomes, what is taken away and what is added', async () => {
		server({ change, criticalSettings: areas });
		open('/rules/change/change_9');
		await (await what()).findByText(/står før pilen/);
		expect(await said('require_separation')).toBe('nej → bliver til ja');
		expect(await said('checkpoint_mailboxes')).toBe('ingen (uændret)');
		expect(await said('witnesses.north')).toBe('https://witness.example, a key → bliver til fjernes');
		expect(await said('witnesses.south')).toBe('ikke sat → bliver til https://south.example, its key');
	});

	it('shows only what was adopted once it is decided', async () => {
		const spy = server({ change: { ...change, status: 'EXECUTED' }, criticalSettings: areas });
		open('/rules/change/change_9');
		expect(await said('require_separation')).toBe('ja');
		expect((await what()).queryByText('witnesses.north')).toBeNull();
		expect(spy.asked('query CriticalSettings')).toHaveLength(0);
	});

	it('still shows what is proposed where what holds cannot be loaded, and says so', async () => {
		const failing = () => Promise.reject(new Error('no'));
		server({ change, criticalSettings: failing });
		open('/rules/change/change_9');
		await waitFor(async () =>
			expect((await what()).getByRole('alert').textContent).toContain('kun det, der er foreslået'),
		);
		expect(await said('require_separation')).toBe('ja');
	});

	it('compares with no other area than its own', () => {
		const area = criticalSettings[0] as Parameters<typeof becomingOf>[1][number];
		const settings = [{ name: 'job_days', values: ['30'] }];
		const becoming = becomingOf({ area: 'retention', settings }, [area]) ?? [];
		expect(becoming.filter(stays).map(({ name }) => name)).toEqual(['job_days']);
		expect(becoming.find(({ name }) => name === 'incident_months')?.becomes).toBeNull();
		expect(becomingOf({ area: 'use_log', settings }, [area])).toBeNull();
	});
});
