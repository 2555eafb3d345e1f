import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

// A machine that compiles beside the tests may take long to show what is waited for.
configure({ asyncUtilTimeout: 20_000 });

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
