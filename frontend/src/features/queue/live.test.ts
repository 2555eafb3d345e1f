// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { duty, row } from '@/testing/fixtures';
import { emptyQueue, matches, next, type Change, type LiveQueue } from './live';

const now = new Date('2026-11-24T12:00:00Z');
const change = (kind: Change['kind'], id: string, version = 2, more = {}): Change => ({
	sequence: '1',
	kind,
	case: row(id, { version, ...more }),
});
const take = (queue: LiveQueue, each: Change, filter = {}) =>
	next(queue, { type: 'change', change: each, filter, now });
const load = (queue: LiveQueue, rows: LiveQueue['rows'], meanwhile: readonly Change[] = []) =>
	next(queue, { type: 'loaded', rows, meanwhile, filter: {}, now });
const loaded = load(emptyQueue, [row('1'), row('2')]);

describe('the live queue', () => {
	it('changes a row in its place and marks it', () => {
		const queue = take(loaded, change('UPDATED', '2', 2, { status: 'IN_PROGRESS' }));
		expect(queue.rows.map(({ id, status }) => [id, status])).toEqual([
			['1', 'NEW'],
			['2', 'IN_PROGRESS'],
		]);
		expect([...queue.changed]).toEqual(['2']);
	});

	it('lets a new case wait until it is asked for: no row moves', () => {
		const queue = take(loaded, change('OPENED', '3'));
		expect(queue.rows).toBe(loaded.rows);
		expect([...queue.fresh]).toEqual(['3']);
	});

	it('counts a new case once, however often it changes', () => {
		const queue = take(take(loaded, change('OPENED', '3')), change('OPENED', '3', 3));
		expect(queue.fresh.size).toBe(1);
	});

	it('keeps what was told while an older list was on its way, and marks nothing that is in it', () => {
		const meanwhile = [
			change('OPENED', '3'),
			change('UPDATED', '1', 2, { status: 'CLOSED' }),
			change('UPDATED', '2'),
		];
		const queue = load(loaded, [row('1'), row('2', { version: 2 })], meanwhile);
		expect([...queue.fresh]).toEqual(['3']);
		expect(queue.rows[0]?.status).toBe('CLOSED');
		expect([...queue.changed]).toEqual(['1']);
		const paused = load(next(loaded, { type: 'pause' }), [row('1')], meanwhile);
		expect([paused.waiting.length, paused.fresh.size]).toEqual([3, 0]);
	});

	it('is not put back by news that came late', () => {
		const newer = take(loaded, change('UPDATED', '1', 5, { status: 'CLOSED' }));
		expect(take(newer, change('UPDATED', '1', 4)).rows[0]?.status).toBe('CLOSED');
	});

	it('says nothing of new cases that the filter leaves out', () => {
		expect(take(loaded, change('OPENED', '3'), { minSeverity: 3 }).fresh.size).toBe(0);
		expect(take(loaded, change('UPDATED', 'unseen')).fresh.size).toBe(0);
	});

	it('stands still while paused, and catches up in order', () => {
		let queue = next(loaded, { type: 'pause' });
		queue = take(queue, change('UPDATED', '1', 2, { status: 'IN_PROGRESS' }));
		queue = take(queue, change('UPDATED', '1', 3, { status: 'CLOSED' }));
		queue = take(queue, change('OPENED', '3'));
		expect([queue.rows, queue.waiting.length, queue.fresh.size]).toEqual([loaded.rows, 3, 0]);
		queue = next(queue, { type: 'resume', filter: {}, now });
		expect(queue.rows[0]?.status).toBe('CLOSED');
		expect([queue.waiting.length, [...queue.fresh], queue.paused]).toEqual([0, ['3'], false]);
	});

	it('shows everything once it is loaded anew, and stays paused', () => {
		const paused = next(take(loaded, change('OPENED', '3')), { type: 'pause' });
		const queue = load(paused, [row('3'), row('1')]);
		expect([queue.rows.length, queue.fresh.size, queue.changed.size, queue.paused]).toEqual([2, 0, 0, true]);
	});
});

describe('the filter, as the server applies it', () => {
	const late = row('1', { nextDue: duty({ due: '2026-11-24T11:00:00Z' }), status: 'IN_PROGRESS' });
	it.each([
		[{}, true],
		[{ status: ['IN_PROGRESS' as const] }, true],
		[{ status: ['NEW' as const] }, false],
		[{ minSeverity: 2 }, true],
		[{ minSeverity: 3 }, false],
		[{ text: 'firma 1' }, true],
		[{ text: 'v-2026-1' }, true],
		[{ text: 'andet' }, false],
		[{ late: true }, true],
	])('%j: %s', (filter, expected) => {
		expect(matches(late, filter, now)).toBe(expected);
	});

	it('knows that a period still runs, and that there may be none', () => {
		expect(matches(row('1', { nextDue: duty({ due: '2026-11-24T13:00:00Z' }) }), { late: true }, now)).toBe(
			false,
		);
		expect(matches(row('1'), { late: true }, now)).toBe(false);
	});
});
