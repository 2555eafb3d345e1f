import { act, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lazily } from './lazily';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('comes when the server is back, and leaves the page alone until then', async () => {
	const Part = () => <p>The part</p>;
	let away = true;
	const load = vi.fn(() =>
		away ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ default: Part }),
	);
	const Lazy = lazily(load);
	render(
		<main>
			<p>The page</p>
			<Suspense>
				<Lazy />
			</Suspense>
		</main>,
	);
	await act(() => vi.advanceTimersByTimeAsync(10_000));
	expect(load.mock.calls.length).toBeGreaterThan(2);
	expect(screen.getByText('The page')).toBeTruthy();
	expect(screen.queryByText('The part')).toBeNull();
	away = false;
	await act(() => vi.advanceTimersByTimeAsync(3_000));
	expect(screen.getByText('The part')).toBeTruthy();
});
