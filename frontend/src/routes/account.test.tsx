import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsStepUp } from '@/features/account/stepUp';
import { words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { fakeServer } from '@/testing/server';
import { CombinedError } from 'urql';
import { GraphQLError } from 'graphql';

beforeEach(() => {
	document.head.innerHTML = '<meta name="varsel-mode" content="live">';
});
afterEach(() => {
	document.head.innerHTML = '';
});

const me = {
	id: 'person_1',
	name: 'Thomas Vang',
	role: 'OFFICER',
	functions: ['READ', 'DECIDE'],
	organisation: null,
	unit: { id: 'csirt', name: words('CSIRT’en') },
};

const session = (id: string, more: Record<string, unknown> = {}) => ({
	id,
	device: 'Firefox, Windows',
	begunAt: '2026-11-24T10:00:00Z',
	lastUsedAt: '2026-11-24T10:30:00Z',
	current: false,
	provider: words('MitID Erhverv'),
	assurance: 'https://data.gov.dk/concept/core/nsis/loa/Substantial',
	authenticatedAt: null,
	...more,
});

describe('the account page', () => {
	it('says in words how somebody showed who they are with an account of Varsel’s own', async () => {
		const own = session('s1', { current: true, assurance: 'password+code' });
		fakeServer({ me, mySessions: [own] });
		open('/account');
		expect(await screen.findByText('Adgangskode og kode fra en app')).toBeTruthy();
		expect(screen.queryByText('password+code')).toBeNull();
		expect(screen.queryByText(/kommer fra din login-udbyder/)).toBeNull();
	});

	it('says who one is, by whom, and where one is signed in, and ends the others', async () => {
		let sessions = [session('s1', { current: true }), session('s2', { device: null }), session('s3')];
		const server = fakeServer({
			me,
			mySessions: () => sessions,
			endSession: ({ id }: { id: string }) => (sessions = sessions.filter((other) => other.id !== id)),
			endOtherSessions: () => (sessions = sessions.filter(({ current }) => current)),
		});
		open('/account');
		expect(await screen.findByRole('heading', { level: 1, name: 'Min konto' })).toBeTruthy();
		const main = within(screen.getByRole('main'));
		for (const text of [
			'Thomas Vang',
			'Sagsbehandler',
			'CSIRT’en',
			'MitID Erhverv',
			'Substantial',
			'Ikke oplyst',
		]) {
			expect(main.getByText(text), text).toBeTruthy();
		}
		expect(screen.getAllByRole('listitem')).toHaveLength(3);
		// The one in use has no button of its own: signing out is in the header.
		const buttons = screen.getAllByRole('button', { name: /^Log ud: / });
		expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
			expect.stringContaining('Ukendt enhed'),
			expect.stringContaining('Firefox, Windows'),
		]);
		fireEvent.click(buttons[0] as HTMLElement);
		expect(await screen.findByText('Logget ud.')).toBeTruthy();
		expect(server.asked('EndSession')[0]?.variables).toEqual({ id: 's2' });
		fireEvent.click(screen.getByRole('button', { name: 'Log alle andre ud' }));
		expect(await screen.findByText('Du er ikke logget ind andre steder.')).toBeTruthy();
		expect(screen.getAllByRole('listitem')).toHaveLength(1);
	});

	it('asks whoever is not signed in to do so', async () => {
		fakeServer({ me: null });
		open('/account');
		expect((await screen.findByRole('alert')).textContent).toBe('Log ind for at se din konto.');
	});
});

describe('becoming an administrator', () => {
	it('asks for the token before it asks the server', async () => {
		const server = fakeServer({ me, becomeAdministrator: { ...me, role: 'ADMINISTRATOR' } });
		open('/account/bootstrap');
		fireEvent.click(await screen.findByRole('button', { name: 'Bliv administrator' }));
		expect(screen.getByRole('alert').textContent).toBe('Skriv koden.');
		expect(server.asked('BecomeAdministrator')).toHaveLength(0);
		fireEvent.change(screen.getByRole('textbox', { name: 'Kode' }), { target: { value: 'token' } });
		fireEvent.click(screen.getByRole('button', { name: 'Bliv administrator' }));
		expect(await screen.findByText('Du er nu administrator.')).toBeTruthy();
	});
});

it('keeps the token of whoever is signed out meanwhile, and says that nothing was done', async () => {
	const signedOut = new GraphQLError('no', { extensions: { code: 'SIGN_IN_REQUIRED' } });
	let viewer: typeof me | null = me;
	const refuse = () => {
		viewer = null;
		return signedOut;
	};
	fakeServer({ me: () => viewer, becomeAdministrator: refuse });
	open('/account/bootstrap');
	fireEvent.change(await screen.findByRole('textbox', { name: 'Kode' }), { target: { value: 'token' } });
	fireEvent.click(screen.getByRole('button', { name: 'Bliv administrator' }));
	expect(await screen.findByText('Du er logget ud, så det blev ikke gjort')).toBeTruthy();
	expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Kode' }).value).toBe('token');
});

it('only that one code asks to show again who one is', () => {
	const error = (code: string) =>
		new CombinedError({ graphQLErrors: [new GraphQLError('no', { extensions: { code } })] });
	expect(needsStepUp(error('STEP_UP_REQUIRED'))).toBe(true);
	expect(needsStepUp(error('SIGN_IN_REQUIRED'))).toBe(false);
	expect(needsStepUp(undefined)).toBe(false);
});
