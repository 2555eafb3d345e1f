import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Row } from '@/features/queue/live';
import { row, words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { fakeServer } from '@/testing/server';

const unit = { id: 'sektorcert', name: words('SektorCERT'), kind: 'SECTOR_UNIT' };
const officer = { id: 'p1', name: 'Ole Krag', role: 'OFFICER', functions: ['READ', 'DECIDE'], unit };
let rows: Row[];
let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
	rows = [row('00041'), row('00042')];
	server = fakeServer({
		me: officer,
		pack: { id: 'dk', units: [unit], facts: [] },
		cases: () => ({
			nodes: rows,
			totalCount: rows.length,
			pageInfo: { hasNextPage: false, endCursor: null },
		}),
	});
});

const push = (kind: string, each: Row) =>
	act(() => server.push({ caseChanged: { sequence: '7', kind, case: each } }));
const numbers = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent);

describe('the queue', () => {
	it('shows the cases of the unit in the order of the server, and is live', async () => {
		open('/queue/sektorcert');
		expect(await screen.findByRole('heading', { level: 1, name: 'Sagskø: SektorCERT' })).toBeTruthy();
		expect(await screen.findByText('2 sager')).toBeTruthy();
		expect(numbers()).toEqual(['V-2026-00041', 'V-2026-00042']);
		expect(await screen.findByText('Opdateres live')).toBeTruthy();
	});

	it('changes a row in its place, with a mark', async () => {
		open('/queue/sektorcert');
		await screen.findByText('Opdateres live');
		await push('UPDATED', row('00042', { version: 2, status: 'IN_PROGRESS' }));
		expect(numbers()).toEqual(['V-2026-00041', 'V-2026-00042Ændret']);
		const [, second] = screen.getAllByRole('rowheader');
		expect(within(second?.closest('tr') as HTMLElement).getByText('I gang')).toBeTruthy();
	});

	it('holds new cases back behind a button that loads them', async () => {
		open('/queue/sektorcert');
		await screen.findByText('Opdateres live');
		await push('OPENED', row('00043'));
		expect(numbers()).toHaveLength(2);
		rows = [row('00043'), ...rows];
		fireEvent.click(await screen.findByRole('button', { name: '1 ny sag – vis' }));
		await screen.findByText('3 sager');
		expect(numbers()[0]).toBe('V-2026-00043');
		expect(screen.queryByRole('button', { name: /ny sag/ })).toBeNull();
	});

	it('stands still while paused and catches up when started', async () => {
		open('/queue/sektorcert');
		await screen.findByText('Opdateres live');
		fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
		await push('UPDATED', row('00042', { version: 2 }));
		expect(await screen.findByText('1 ændring venter')).toBeTruthy();
		expect(numbers()).toEqual(['V-2026-00041', 'V-2026-00042']);
		fireEvent.click(screen.getByRole('button', { name: 'Start live' }));
		expect(numbers()).toEqual(['V-2026-00041', 'V-2026-00042Ændret']);
	});

	it('says when the stream is down, connects again and loads what it missed', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
		open('/queue/sektorcert');
		await screen.findByText('Opdateres live');
		rows = [row('00099')];
		act(() => server.hangUp());
		expect(await screen.findByText(/Forbindelsen er afbrudt/)).toBeTruthy();
		await act(() => vi.advanceTimersByTimeAsync(1000));
		await waitFor(() => expect(numbers()).toEqual(['V-2026-00099']));
		expect(screen.queryByText(/Forbindelsen er afbrudt/)).toBeNull();
		expect(server.asked('subscription CaseChanged')).toHaveLength(2);
	});

	it('takes its filter from the address and puts it there', async () => {
		const { router } = open('/queue/sektorcert?status=open&severity=3');
		await screen.findByText('2 sager');
		expect(server.asked('query Queue').at(-1)?.variables).toMatchObject({
			unit: 'sektorcert',
			filter: { status: ['NEW', 'IN_PROGRESS'], minSeverity: 3 },
		});
		fireEvent.change(screen.getByLabelText('Nummer eller organisation'), { target: { value: 'gas' } });
		fireEvent.click(screen.getByLabelText('Kun overskredne frister'));
		fireEvent.click(screen.getByRole('button', { name: 'Vis' }));
		await waitFor(() =>
			expect(router.state.location.search).toEqual({ status: 'open', severity: 3, late: true, text: 'gas' }),
		);
		await waitFor(() =>
			expect(server.asked('query Queue').at(-1)?.variables.filter).toMatchObject({ late: true, text: 'gas' }),
		);
	});

	it('leaves the focus where a filter was applied, and follows the address', async () => {
		const { router } = open('/queue/sektorcert');
		const text = await screen.findByLabelText<HTMLInputElement>('Nummer eller organisation');
		text.focus();
		fireEvent.change(text, { target: { value: 'gas' } });
		fireEvent.submit(text);
		await waitFor(() => expect(router.state.location.search).toEqual({ text: 'gas' }));
		await waitFor(() => expect(document.activeElement).toBe(text));
		fireEvent.click(screen.getByRole('link', { name: 'Nulstil filtre' }));
		await waitFor(() => expect(text.value).toBe(''));
	});

	it('tells an empty queue from a filter that finds nothing', async () => {
		rows = [];
		open('/queue/sektorcert');
		expect(await screen.findByText('Køen er tom.')).toBeTruthy();
	});
});
