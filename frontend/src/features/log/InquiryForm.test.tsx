import { fireEvent, screen, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { Provider } from 'urql';
import { expect, it, vi } from 'vitest';
import { makeClient } from '@/api/client';
import { words } from '@/testing/fixtures';
import { show } from '@/testing/render';
import { fakeServer, type Root } from '@/testing/server';
import { InquiryForm } from './InquiryForm';

const id = (n: number) => `person_${String(n).repeat(32)}`;
const holder = (n: number, name: string) => ({
	id: id(n),
	name,
	email: `${n}@myndighed.example`,
	role: 'OFFICER',
	home: words('SektorCERT'),
});
const [mads, other, own] = [holder(1, 'Mads Krogh'), holder(2, 'Mads Holm'), holder(3, 'Mads Thorup')];
const viewer = { ...own, role: 'SECURITY_OFFICER', functions: ['AUDIT'], organisation: null, unit: null };

const found = (people: (typeof mads)[], hasNextPage = false) => ({
	nodes: people.map((each) => ({ holder: each })),
	pageInfo: { hasNextPage, endCursor: null },
	totalCount: people.length,
});

/** The form before a server on which these people hold rights, and what it asked for. */
function form(more: Root = {}) {
	const authorisations = found([mads, mads, other, own]);
	const onAsk = vi.fn();
	const spy = fakeServer({ me: viewer, authorisations, ...more });
	show(
		<Provider value={makeClient()}>
			<InquiryForm onAsk={onAsk} />
		</Provider>,
	);
	return { onAsk, spy };
}

const type = (label: string, value: string) =>
	fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const field = () => screen.getByLabelText<HTMLInputElement>('Person');

it('finds a person by name before anything is listed: each once, never oneself, and asks for who is chosen', async () => {
	const { onAsk, spy } = form();
	type('Sagens nummer', '2026-17');
	type('Person', ' mads ');
	// Enter finds, and does not send the form.
	fireEvent.keyDown(field(), { key: 'Enter' });
	expect(await screen.findByText('2 personer fundet. Vælg en nedenfor.')).toBeTruthy();
	expect(spy.asked('query Holders')[0]?.variables).toEqual({ text: 'mads' });
	const hits = within(screen.getByRole('list'));
	expect(hits.getAllByRole('button').map((hit) => hit.textContent)).toEqual(['Mads Krogh', 'Mads Holm']);
	expect(onAsk).not.toHaveBeenCalled();
	fireEvent.click(hits.getByRole('button', { name: 'Mads Krogh' }));
	expect(screen.queryByRole('list')).toBeNull();
	expect(document.activeElement).toBe(field());
	expect(field().value).toBe('Mads Krogh');
	expect(screen.getByText('Valgt: Mads Krogh, 1@myndighed.example, SektorCERT')).toBeTruthy();
	fireEvent.change(screen.getByLabelText('Slags anvendelse'), { target: { value: 'OPENED' } });
	press('Find anvendelser');
	const inquiry = {
		case: '2026-17',
		person: id(1),
		incident: null,
		kind: 'OPENED',
		from: null,
		until: null,
	};
	expect(onAsk).toHaveBeenCalledWith(inquiry, 'Mads Krogh');
});

it('asks for everybody and every kind where neither is said, and for whom an id names', () => {
	const { onAsk, spy } = form();
	type('Sagens nummer', '1');
	press('Find anvendelser');
	expect(onAsk).toHaveBeenLastCalledWith(expect.objectContaining({ person: null, kind: null }), null);
	type('Person', id(7));
	press('Find person');
	expect(screen.getByText('Det er et id. Det bliver brugt, som det står.')).toBeTruthy();
	press('Find anvendelser');
	expect(onAsk).toHaveBeenLastCalledWith(expect.objectContaining({ person: id(7) }), id(7));
	expect(spy.asked('query Holders')).toHaveLength(0);
});

it('does not ask for everybody where a name was typed and nobody chosen, and says so at the field', async () => {
	const { onAsk } = form();
	type('Sagens nummer', '1');
	type('Person', 'Mads');
	press('Find anvendelser');
	expect(onAsk).not.toHaveBeenCalled();
	const summary = await screen.findByRole('alert');
	fireEvent.click(within(summary).getByRole('link', { name: /^Find personen, og vælg på listen/ }));
	expect(document.activeElement).toBe(field());
	expect(field().getAttribute('aria-invalid')).toBe('true');
	expect(field().getAttribute('aria-describedby')).toBe('uses-person-hint uses-person-error');
	// Who was chosen is forgotten as soon as another name is typed.
	press('Find person');
	fireEvent.click(await screen.findByRole('button', { name: 'Mads Holm' }));
	type('Person', 'Mads H');
	expect(screen.queryByText(/^Valgt:/)).toBeNull();
	press('Find anvendelser');
	expect(onAsk).not.toHaveBeenCalled();
});

it('says that nobody was found, that there are more, and why a search failed, which can be tried again', async () => {
	let answer: () => unknown = () => found([]);
	form({ authorisations: () => answer() });
	type('Person', 'Aase');
	press('Find person');
	expect(await screen.findByText(/^Ingen personer fundet\./)).toBeTruthy();
	answer = () => {
		throw new GraphQLError('no', { extensions: { code: 'INTERNAL' } });
	};
	type('Person', 'Mads');
	press('Find person');
	expect(await screen.findByText('Personerne kunne ikke hentes. Søg igen.')).toBeTruthy();
	answer = () => found([mads], true);
	press('Find person');
	const more = '1 person fundet. Vælg personen nedenfor. Der er flere: skriv mere af navnet.';
	expect(await screen.findByText(more)).toBeTruthy();
});
