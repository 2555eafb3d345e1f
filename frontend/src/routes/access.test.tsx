import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { tellSignedIn } from '@/features/account/signedIn';
import { words } from '@/testing/fixtures';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './access';
import './account';
import { open } from '@/testing/render';
import type { Root } from '@/testing/server';

const keeper = {
	id: 'p1',
	name: 'Birgit Skov',
	role: 'ADMINISTRATOR',
	functions: ['ADMINISTER'],
	organisation: null,
	unit: null,
};
const mads = {
	id: 'p2',
	name: 'Mads Krogh',
	email: 'mads@myndighed.example',
	role: 'OFFICER',
	home: words('SektorCERT'),
};
const right = {
	id: 'a1',
	holder: mads,
	functions: ['READ', 'DECIDE'],
	reach: { kind: 'UNIT', id: 'sektorcert', name: words('SektorCERT'), unit: null },
	purpose: words('Behandler energisektorens sager.'),
	from: '2026-05-01T08:00:00Z',
	until: null,
	temporary: null,
	status: 'ACTIVE',
	suspension: null,
	basis: 'APPROVED',
	provider: null,
	changeId: 'change_1',
	grantedAt: '2026-05-01T08:00:00Z',
	changedBy: null,
	changedAt: null,
	changeReason: null,
	used: [
		{ function: 'READ', lastUsedAt: '2026-11-20T10:00:00Z', uses: 31 },
		{ function: 'DECIDE', lastUsedAt: null, uses: 0 },
	],
	lastUsedAt: '2026-11-20T10:00:00Z',
	unused: false,
	withdrawable: true,
	reinstatable: false,
};
const page = (nodes: unknown[]) => ({
	nodes,
	pageInfo: { hasNextPage: false, endCursor: null },
	totalCount: nodes.length,
});
const item = {
	authorisationId: 'a1',
	holderId: 'p2',
	holderName: 'Mads Krogh',
	functions: ['READ'],
	purpose: words('Behandler energisektorens sager.'),
	lastUsedAt: null,
	uses: 0,
	used: [
		{ function: 'READ', lastUsedAt: '2026-11-20T10:00:00Z', uses: 3 },
		{ function: 'DECIDE', lastUsedAt: null, uses: 0 },
	],
	unused: true,
	verdict: null,
	decidedBy: null,
	decidedAt: null,
	reason: null,
	decidable: true,
};
const own = { ...item, authorisationId: 'a2', holderName: 'Birgit Skov', decidable: false };
const review = {
	id: 'r1',
	reach: right.reach,
	openedAt: '2026-11-01T08:00:00Z',
	deadline: '2026-12-01T08:00:00Z',
	closedAt: null,
	itemCount: 2,
	decidedCount: 0,
	unusedCount: 1,
	items: page([item, own]),
};
const reason = 'Er flyttet til en anden enhed.';
/** Rights as they are asked for: all, or those of people who have moved. */
const of =
	(all: unknown, moved: unknown) =>
	({ filter }: { filter: { standing: string | null } }) =>
		filter.standing === 'MOVED' ? moved : all;
const server = (root: Root = {}) =>
	lawServer({
		me: keeper,
		authorisations: of(page([right]), page([])),
		people: [mads],
		person: mads,
		reviews: page([review]),
		review,
		myAuthorisations: [right],
		myRequests: page([]),
		...root,
	});

beforeEach(() => {
	HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
		this.open = true;
	};
	HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
		this.open = false;
	};
});

const stepUp = () => new GraphQLError('sign in again', { extensions: { code: 'STEP_UP_REQUIRED' } });
const type = (label: string, value: string) =>
	fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('where rights are kept', () => {
	it('says who may do what, how far, for what, and when each function was last used', async () => {
		server();
		open('/access');
		const row = (await screen.findByRole('rowheader', { name: /Mads Krogh/ })).closest('tr') as HTMLElement;
		for (const text of ['Læse og Afgøre', 'SektorCERT', 'Behandler energisektorens sager.', 'Gælder']) {
			expect(within(row).getByText(text)).toBeTruthy();
		}
		expect(within(row).getByText(/Læse: .*\(31 gange\)/)).toBeTruthy();
		expect(within(row).getByText(/Afgøre: .*Aldrig/)).toBeTruthy();
	});

	it('shows first who has moved and waits, and nothing of it where nobody does', async () => {
		const asked = server();
		open('/access');
		await screen.findByRole('rowheader', { name: /Mads Krogh/ });
		await waitFor(() => expect(asked.asked('query Rights')).toHaveLength(2));
		expect(screen.queryByRole('region', { name: 'Personer, der er flyttet' })).toBeNull();
	});

	it('names who has moved, with a way to them', async () => {
		const moved = { ...right, id: 'a9', status: 'SUSPENDED', suspension: 'MOVED' };
		server({ authorisations: of(page([]), page([moved])) });
		open('/access');
		const region = within(await screen.findByRole('region', { name: 'Personer, der er flyttet' }));
		expect(region.getByRole('link', { name: 'Mads Krogh' }).getAttribute('href')).toBe('/access/person/p2');
		expect(region.getByText(/Læse og Afgøre, SektorCERT/)).toBeTruthy();
	});

	it('withdraws what is ticked, with a reason and not without one', async () => {
		const spy = server({ withdrawAuthorisations: { withdrawn: ['a1'], over: [] } });
		open('/access');
		fireEvent.click(await screen.findByLabelText('Vælg Mads Krogh: Læse og Afgøre, SektorCERT'));
		press('Inddrag den valgte');
		expect(screen.getByText('Skriv 10 til 2000 tegn. Der er 0.')).toBeTruthy();
		expect(spy.asked('mutation WithdrawRights')).toHaveLength(0);
		type('Begrundelse', reason);
		press('Inddrag den valgte');
		expect(await screen.findByText('1 rettighed er inddraget.')).toBeTruthy();
		expect(spy.asked('mutation WithdrawRights')[0]?.variables).toEqual({ input: { ids: ['a1'], reason } });
	});

	it('offers the same list as CSV, as it is filtered', async () => {
		server();
		open('/access');
		const csv = await screen.findByRole('link', { name: 'Hent som CSV' });
		expect(csv.getAttribute('href')).toBe('/authorisations.csv?standing=active');
		fireEvent.change(screen.getByLabelText('Må'), { target: { value: 'ADMINISTER' } });
		fireEvent.change(screen.getByLabelText('Status'), { target: { value: '' } });
		fireEvent.click(screen.getAllByRole('button', { name: 'Vis' }).at(-1) as HTMLElement);
		await waitFor(() => expect(csv.getAttribute('href')).toBe('/authorisations.csv?function=administer'));
	});

	it('leads those who audit to what they may read, and to nothing else', async () => {
		server({ me: { ...keeper, role: 'SECURITY_OFFICER', functions: ['AUDIT'] } });
		open('/access');
		const places = within(await screen.findByRole('navigation', { name: 'Adgang, andre steder' }));
		for (const [name, address] of [
			['Nøgler', '/keys'],
			['Kritiske indstillinger', '/settings'],
		] as const) {
			expect(places.getByRole('link', { name }).getAttribute('href')).toBe(address);
		}
		expect(places.queryByRole('link', { name: 'Varsels egne konti' })).toBeNull();
	});

	it('is for those who administer or audit, and says so to others', async () => {
		const spy = server({ me: { ...keeper, role: 'OFFICER', functions: ['READ'] } });
		open('/access');
		expect(await screen.findByText(/Denne side er for dem, der administrerer/)).toBeTruthy();
		expect(spy.asked('query Rights')).toHaveLength(0);
	});
});

describe('a person', () => {
	it('is proposed a right, with everything that is wrong said at once and nothing lost', async () => {
		const spy = server({
			requestAuthorisation: { __typename: 'ChangeProposed', change: { id: 'change_2' } },
			pack: { units: [{ id: 'sektorcert', name: words('SektorCERT') }], sectors: [] },
		});
		open('/access/person/p2');
		await screen.findByRole('option', { name: 'SektorCERT' });
		type('Formål', 'Afløser en kollega i ferien.');
		press('Send forslag');
		const summary = await screen.findByRole('alert');
		expect(within(summary).getAllByRole('link')).toHaveLength(3);
		fireEvent.click(screen.getByLabelText('Læse'));
		type('Hvor langt den rækker', 'unit/sektorcert');
		type('Til og med (valgfrit)', '31.12.2099');
		const region = within(screen.getByRole('region', { name: 'Foreslå en rettighed' }));
		fireEvent.change(region.getByLabelText('Begrundelse'), { target: { value: reason } });
		press('Send forslag');
		expect(await screen.findByText('Forslaget er sendt.')).toBeTruthy();
		expect(spy.asked('mutation AskForRight')[0]?.variables).toEqual({
			input: {
				holder: 'p2',
				functions: ['READ'],
				reach: { kind: 'UNIT', id: 'sektorcert' },
				purpose: 'Afløser en kollega i ferien.',
				from: null,
				until: '2100-01-01T00:00:00+01:00',
				temporary: null,
				reason,
			},
		});
	});

	it('is proposed a right that begins later; what is wrong with that day is said at it', async () => {
		const spy = server({
			requestAuthorisation: { __typename: 'ChangeProposed', change: { id: 'change_2' } },
			pack: { units: [{ id: 'sektorcert', name: words('SektorCERT') }], sectors: [] },
		});
		open('/access/person/p2');
		await screen.findByRole('option', { name: 'SektorCERT' });
		fireEvent.click(screen.getByLabelText('Læse'));
		type('Hvor langt den rækker', 'unit/sektorcert');
		type('Formål', 'Afløser en kollega i ferien.');
		const region = within(screen.getByRole('region', { name: 'Foreslå en rettighed' }));
		fireEvent.change(region.getByLabelText('Begrundelse'), { target: { value: reason } });
		type('Fra og med (valgfrit)', '1.1.2020');
		press('Send forslag');
		const summary = within(await screen.findByRole('alert'));
		fireEvent.click(summary.getByRole('link', { name: /^Fra og med \(valgfrit\): Skriv en dato fra i dag/ }));
		const first = screen.getByLabelText<HTMLInputElement>('Fra og med (valgfrit)');
		expect(document.activeElement).toBe(first);
		expect(first.getAttribute('aria-invalid')).toBe('true');
		expect(first.getAttribute('aria-describedby')).toBe('from-hint from-error');
		type('Fra og med (valgfrit)', '1.12.2099');
		press('Send forslag');
		expect(await screen.findByText('Forslaget er sendt.')).toBeTruthy();
		expect(spy.asked('mutation AskForRight')[0]?.variables).toMatchObject({
			input: { from: '2099-12-01T00:00:00+01:00', until: null },
		});
	});

	it('who belongs elsewhere is shown with what one administers, and nothing else', async () => {
		server({ person: null });
		open('/access/person/p2');
		expect(await screen.findByText(/Personen hører ikke til, hvor du administrerer/)).toBeTruthy();
		expect(screen.getByRole('heading', { level: 1, name: 'Mads Krogh' })).toBeTruthy();
		expect(screen.getByRole('region', { name: 'Rettigheder' })).toBeTruthy();
		expect(screen.queryByRole('region', { name: 'Personen er fratrådt' })).toBeNull();
	});

	it('who has left loses everything at once, after one is asked', async () => {
		const spy = server({ personHasLeft: { authorisations: 2, sessions: 1, tokens: 0 } });
		open('/access/person/p2');
		const region = within(await screen.findByRole('region', { name: 'Personen er fratrådt' }));
		fireEvent.change(region.getByLabelText('Begrundelse'), { target: { value: reason } });
		fireEvent.click(region.getByRole('button', { name: 'Personen er fratrådt' }));
		expect(spy.asked('mutation PersonHasLeft')).toHaveLength(0);
		press('Ja, luk al adgang');
		expect(await screen.findByText(/2 rettigheder, 1 sessioner og 0 programadgange/)).toBeTruthy();
	});
});

describe('a review', () => {
	it('confirms what is ticked, and leaves one’s own to somebody else', async () => {
		const spy = server({
			decideReviewItems: { decided: ['a1'], before: [], own: [], review: { ...review, decidedCount: 1 } },
		});
		open('/access/review/r1');
		expect(await screen.findByText('Din egen: en anden skal afgøre den')).toBeTruthy();
		expect(screen.getAllByText('Ubrugt i et halvt år: bør inddrages').length).toBeGreaterThan(0);
		expect(screen.getAllByText(/Læse: .*\(3 gange siden sidste gennemgang\)/).length).toBeGreaterThan(0);
		expect(screen.getAllByText(/Afgøre: .*Aldrig/).length).toBeGreaterThan(0);
		fireEvent.click(screen.getByLabelText('Vælg alle, der er vist'));
		type('Begrundelse', 'Bruges stadig hver dag.');
		press('Bekræft den valgte');
		expect(await screen.findByText('1 rettighed er bekræftet.')).toBeTruthy();
		expect(spy.asked('mutation DecideReview')[0]?.variables).toMatchObject({
			input: { review: 'r1', authorisations: ['a1'], confirm: true },
		});
	});

	it('asks for a fresh sign-in, and keeps what is ticked and written where that is given up', async () => {
		let stale = true;
		const spy = server({
			decideReviewItems: () => {
				if (stale) throw stepUp();
				return { decided: ['a1'], before: [], own: [], review: { ...review, decidedCount: 1 } };
			},
		});
		open('/access/review/r1');
		fireEvent.click(await screen.findByLabelText('Vælg alle, der er vist'));
		type('Begrundelse', 'Bruges stadig hver dag.');
		press('Bekræft den valgte');
		fireEvent.click(await screen.findByRole('button', { name: 'Fortryd' }));
		expect(screen.getByLabelText<HTMLTextAreaElement>('Begrundelse').value).toBe('Bruges stadig hver dag.');
		press('Bekræft den valgte');
		await screen.findByRole('button', { name: 'Fortryd' });
		stale = false;
		tellSignedIn();
		expect(await screen.findByText('1 rettighed er bekræftet.')).toBeTruthy();
		expect(spy.asked('mutation DecideReview')).toHaveLength(3);
	});
});

describe('one’s own rights', () => {
	it('can be asked for', async () => {
		server({ me: { ...keeper, role: 'OFFICER', functions: [] }, pack: { units: [], sectors: [] } });
		open('/account/request');
		expect(await screen.findByRole('heading', { level: 1, name: 'Bed om en rettighed' })).toBeTruthy();
		expect(screen.getByRole('button', { name: 'Send anmodning' })).toBeTruthy();
	});
});
