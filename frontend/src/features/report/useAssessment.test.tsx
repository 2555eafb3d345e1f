import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS, REST_MS, useAssessment } from './useAssessment';

type Answer = (result: unknown) => void;
let waiting: { facts: unknown; answer: Answer }[];

beforeEach(() => {
	waiting = [];
	vi.useFakeTimers({ shouldAdvanceTime: true });
});

/** A client whose answers come when the test says so. */
const client = {
	query: (_: unknown, { facts }: { facts: unknown }) => ({
		toPromise: () => new Promise((answer) => waiting.push({ facts, answer })),
	}),
} as unknown as Client;
const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;

const start = () =>
	renderHook(({ facts }: { facts: Record<string, unknown> | null }) => useAssessment(facts), {
		wrapper,
		initialProps: { facts: { a: 1 } },
	});
const rest = () => act(() => vi.advanceTimersByTimeAsync(REST_MS));
const answer = (index: number, result: unknown) => act(async () => waiting[index]?.answer(result));

describe('the assessment while one types', () => {
	it('asks once typing rests', async () => {
		const { rerender } = start();
		await act(() => vi.advanceTimersByTimeAsync(0));
		rerender({ facts: { a: 2 } });
		rerender({ facts: { a: 3 } });
		await rest();
		expect(waiting.map(({ facts }) => facts)).toEqual([{ a: 1 }, { a: 3 }]);
	});

	it('keeps the newest, whichever answer comes last', async () => {
		const { rerender, result } = start();
		await act(() => vi.advanceTimersByTimeAsync(0));
		rerender({ facts: { a: 2 } });
		await rest();
		await answer(1, { data: { assess: { packVersion: 'new' } } });
		await answer(0, { data: { assess: { packVersion: 'old' } } });
		expect(result.current.assessment?.packVersion).toBe('new');
		expect(result.current.updating).toBe(false);
	});

	it('keeps what it knows while it asks and when it fails, and tries again', async () => {
		const { rerender, result } = start();
		await act(() => vi.advanceTimersByTimeAsync(0));
		await answer(0, { data: { assess: { packVersion: 'first' } } });
		rerender({ facts: { a: 2 } });
		await rest();
		expect(result.current).toMatchObject({ assessment: { packVersion: 'first' }, updating: true });
		await answer(1, { error: new Error('gone') });
		expect(result.current).toMatchObject({ assessment: { packVersion: 'first' }, failed: true });
		act(() => window.dispatchEvent(new Event('online')));
		await answer(2, { data: { assess: { packVersion: 'second' } } });
		await waitFor(() =>
			expect(result.current).toMatchObject({ assessment: { packVersion: 'second' }, failed: false }),
		);
	});

	it('waits only so long for a server that hangs, and still takes its answer', async () => {
		const { result } = start();
		// Not to the millisecond: the faked clock runs along with the real one, which a busy machine lets slip.
		await act(() => vi.advanceTimersByTimeAsync(PATIENCE_MS / 2));
		expect(result.current).toMatchObject({ updating: true, failed: false });
		await act(() => vi.advanceTimersByTimeAsync(PATIENCE_MS));
		expect(result.current).toMatchObject({ updating: false, failed: true });
		await answer(0, { data: { assess: { packVersion: 'late' } } });
		expect(result.current).toMatchObject({
			assessment: { packVersion: 'late' },
			failed: false,
			settled: true,
		});
	});
});
