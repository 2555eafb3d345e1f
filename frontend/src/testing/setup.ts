import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
	cleanup();
	sessionStorage.clear();
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

// The browser's own, which jsdom leaves out.
Element.prototype.scrollIntoView = () => {};
window.scrollTo = () => {};
