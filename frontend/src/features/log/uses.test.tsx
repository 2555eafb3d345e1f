import { fireEvent, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { Provider } from 'urql';
import { expect, it } from 'vitest';
import { makeClient } from '@/api/client';
import { words } from '@/testing/fixtures';
import { show } from '@/testing/render';
import { fakeServer } from '@/testing/server';
import { FoundUses } from './FoundUses';

const use = (id: string) => ({
	id,
	position: '7',
	at: '2026-11-24T13:35:00Z',
	person: 'p1',
	name: 'Ole Krag',
	sentence: words(`Anvendelse ${id}`),
	purposes: [words('Arbejde med enhedens sager')],
	shown: [],
	requestId: 'r',
	entry: '{}',
});

it('moves the focus to what "show more" brought, as the button goes away', async () => {
	fakeServer({
		uses: ({ after }: { after: string | null }) => ({
			nodes: [use(after ? 'b' : 'a')],
			totalCount: 2,
			pageInfo: { hasNextPage: !after, endCursor: after ? null : 'next' },
		}),
	});
	const inquiry = { case: 'S-1', incident: null, from: null, until: null, person: null };
	show(
		<Provider value={makeClient()}>
			<FoundUses inquiry={inquiry} />
		</Provider>,
	);
	fireEvent.click(await screen.findByRole('button', { name: 'Vis flere' }));
	const later = await screen.findByText('Anvendelse b');
	expect(screen.getAllByText('Formål: Arbejde med enhedens sager')).toHaveLength(2);
	await waitFor(() => expect(document.activeElement?.contains(later)).toBe(true));
	await waitFor(() => expect(document.activeElement?.textContent).not.toContain('Anvendelse a'));
});

it('says what is wrong with an inquiry, in place of telling that nobody looked', async () => {
	const text = words('Der er ingen hændelse med det nummer.');
	const extensions = { code: 'INVALID', field: 'incident', text };
	fakeServer({
		uses: () => {
			throw new GraphQLError('incident', { extensions });
		},
	});
	const inquiry = { case: 'S-1', incident: 'V-2026-99999', from: null, until: null, person: null };
	show(
		<Provider value={makeClient()}>
			<FoundUses inquiry={inquiry} />
		</Provider>,
	);
	expect(await screen.findByText('Der er ingen hændelse med det nummer.')).toBeTruthy();
	expect(screen.queryByText(/0 anvendelser/)).toBeNull();
});

it('keeps to the person and the kind that were asked for, also in the files', async () => {
	const spy = fakeServer({
		uses: { nodes: [use('a')], totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null } },
	});
	const inquiry = { case: 'S-1', incident: null, from: null, until: null, person: 'p1', kind: 'OPENED' };
	show(
		<Provider value={makeClient()}>
			<FoundUses inquiry={inquiry} whose="Ole Krag" />
		</Provider>,
	);
	expect(await screen.findByText('Anvendelse a')).toBeTruthy();
	expect(screen.getByText('Kun anvendelser ved Ole Krag.')).toBeTruthy();
	expect(screen.getByText('Kun denne slags: Åbnede en hændelse eller en sag.')).toBeTruthy();
	expect(screen.queryByRole('button', { name: /Vis alle igen|Vis kun anvendelser/ })).toBeNull();
	expect(spy.asked('query Uses')[0]?.variables).toEqual({ inquiry, after: null });
	const files = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
	expect(files).toEqual(
		['html', 'csv', 'jsonl'].map((form) => `/uses.${form}?case=S-1&person=p1&kind=OPENED&language=da`),
	);
});

it('narrows to one person and back, and leaves the rest of what was asked for', async () => {
	const spy = fakeServer({
		uses: { nodes: [use('a')], totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null } },
	});
	const inquiry = { case: 'S-1', incident: null, from: null, until: null, person: null, kind: 'OPENED' };
	show(
		<Provider value={makeClient()}>
			<FoundUses inquiry={inquiry} />
		</Provider>,
	);
	fireEvent.click(await screen.findByRole('button', { name: 'Vis kun anvendelser ved Ole Krag' }));
	expect(await screen.findByText('Kun anvendelser ved Ole Krag.')).toBeTruthy();
	await waitFor(() => expect(spy.asked('query Uses')).toHaveLength(2));
	expect(spy.asked('query Uses')[1]?.variables).toEqual({
		inquiry: { ...inquiry, person: 'p1' },
		after: null,
	});
	fireEvent.click(screen.getByRole('button', { name: 'Vis alle igen' }));
	expect(await screen.findByRole('button', { name: 'Vis kun anvendelser ved Ole Krag' })).toBeTruthy();
});
