import { lazy } from 'react';

/** How long it waits before it asks again. */
const AGAIN_MS = 3_000;

async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await load();
		} catch {
			await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
		}
	}
}

/**
 * A part of a page whose code comes later. Where the server is away just then, the part comes when the server is back; the page around it
 * stays as it is.
 */
export const lazily: typeof lazy = (load) => lazy(() => untilLoaded(load));
