import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Provider } from 'urql';
import { makeClient } from '@/api/client';
import { SpeechProvider, type Language } from '@/i18n';
import { da } from '@/i18n/da';
import { en } from '@/i18n/en';
import { makeRouter } from '@/router';

const catalogues = { da, en };

/** Renders a component in a language. */
export function show(ui: ReactNode, language: Language = 'da') {
	return render(
		<SpeechProvider language={language} messages={catalogues[language]}>
			{ui}
		</SpeechProvider>,
	);
}

/** Opens a page of the application at an address; the server is `fakeServer`'s. */
export function open(address: string) {
	const router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
	const page = show(
		<Provider value={makeClient()}>
			<RouterProvider router={router} />
		</Provider>,
	);
	return { ...page, router };
}
