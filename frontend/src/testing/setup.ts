import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

// Tests of pure functions run without a page.
if (typeof document !== 'undefined') {
	afterEach(() => {
		cleanup();
		sessionStorage.clear();
	});
	// The browser's own, which jsdom leaves out.
	Element.prototype.scrollIntoView = () => {};
	window.scrollTo = () => {};
}
