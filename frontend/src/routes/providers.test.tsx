import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { words } from '@/testing/fixtures';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './rules';
import { open } from '@/testing/render';
import type { Root } from '@/testing/server';

const birgit = {
	id: 'p1',
	name: 'Birgit Skov',
	role: 'ADMINISTRATOR',
	functions: ['ADMINISTER'],
	organisation: null,
	unit: null,
};
const settings = [
	{ name: 'acr', values: [] },
	{ name: 'claims.unit', values: ['department', 'unit'] },
];
const mitid = {
	name: 'mitid',
	label: words('MitID Erhverv'),
	issuer: 'https://broker.example/op',
	settings,
	trustedSince: '2026-11-20T10:00:00Z',
	change: null,
};
const other = { ...mitid, name: 'authority', label: words('Myndigheder'), trustedSince: null };
const server = (root: Root = {}) => lawServer({ me: birgit, identityProviders: [mitid, other], ...root });

describe('the identity providers', () => {
	it('are shown with what decides who people are, and only those that wait can be proposed', async () => {
		server();
		open('/providers');
		const trusted = within(await screen.findByRole('region', { name: 'MitID Erhverv' }));
		expect(trusted.getByText('Godkendt')).toBeTruthy();
		expect(trusted.getByText(/Var der fra begyndelsen/)).toBeTruthy();
		expect(trusted.queryByRole('button')).toBeNull();
		const waiting = within(screen.getByRole('region', { name: 'Myndigheder' }));
		expect(waiting.getByText('Venter på godkendelse')).toBeTruthy();
		expect(waiting.getByText('department, unit')).toBeTruthy();
		expect(waiting.getByText('ikke sat')).toBeTruthy();
		expect(waiting.getByRole('button', { name: 'Foreslå at godkende authority' })).toBeTruthy();
	});

	it('are shown to a security officer, who cannot propose and reads no change', async () => {
		server({
			me: { ...birgit, role: 'SECURITY_OFFICER', functions: ['AUDIT'] },
			identityProviders: [{ ...mitid, change: 'change_1' }, other],
		});
		open('/providers');
		const trusted = within(await screen.findByRole('region', { name: 'MitID Erhverv' }));
		expect(trusted.getByText(/Godkendt af to administratorer\./)).toBeTruthy();
		expect(trusted.queryByRole('link')).toBeNull();
		const waiting = within(screen.getByRole('region', { name: 'Myndigheder' }));
		expect(waiting.getByText('department, unit')).toBeTruthy();
		expect(screen.queryByRole('button', { name: /Foreslå at godkende/ })).toBeNull();
	});

	it('are not shown to others', async () => {
		server({ me: { ...birgit, role: 'REPORTER', functions: ['READ', 'INPUT'] } });
		open('/providers');
		expect(await screen.findByText(/Siden er for administratorer og sikkerhedsansvarlige/)).toBeTruthy();
		expect(screen.queryByRole('region', { name: 'MitID Erhverv' })).toBeNull();
	});

	it('are proposed with a reason, and nothing that was typed is lost on the way', async () => {
		const spy = server({
			proposeTrust: { __typename: 'ChangeProposed', change: { id: 'change_1' } },
			change: null,
		});
		const { router } = open('/providers');
		const propose = await screen.findByRole('button', { name: /Foreslå at godkende/ });
		fireEvent.click(propose);
		expect(await screen.findByText(/Skriv 10 til 2000 tegn\. Der er 0\./)).toBeTruthy();
		expect(spy.asked('mutation ProposeTrust')).toHaveLength(0);
		fireEvent.change(screen.getByLabelText('Begrundelse'), {
			target: { value: 'Ny udbyder for myndigheder.' },
		});
		fireEvent.click(propose);
		await waitFor(() => expect(router.state.location.pathname).toBe('/rules/change/change_1'));
		const [request] = spy.asked('mutation ProposeTrust');
		expect(request?.variables).toMatchObject({
			input: { provider: 'authority', reason: 'Ny udbyder for myndigheder.' },
		});
	});

	it('are refused in words, and the reason stays', async () => {
		server({
			proposeTrust: {
				__typename: 'ChangeRefused',
				code: 'ALREADY_TRUSTED',
				message: words('x'),
			},
		});
		open('/providers');
		const reason = (await screen.findByLabelText('Begrundelse')) as HTMLTextAreaElement;
		fireEvent.change(reason, { target: { value: 'Ny udbyder for myndigheder.' } });
		fireEvent.click(screen.getByRole('button', { name: /Foreslå at godkende/ }));
		expect(await screen.findByText(/allerede godkendt med disse indstillinger/)).toBeTruthy();
		expect(reason.value).toBe('Ny udbyder for myndigheder.');
	});
});

describe('the change that trusts one', () => {
	it('shows the settings from exactly what is approved', async () => {
		const payload =
			'{"issuer":"https://broker.example/op","kind":"trust_provider","name":"mitid","settings":{"acr":[],"claims.unit":["department"]}}';
		server({
			change: {
				id: 'change_1',
				kind: 'TRUST_PROVIDER',
				status: 'OPEN',
				title: words('Lad folk logge ind gennem mitid'),
				reason: 'Ny udbyder for myndigheder.',
				payload,
				payloadSha256: 'ef'.repeat(32),
				proposedBy: 'Henrik Rask',
				proposedAt: '2026-11-24T10:00:00Z',
				expiresAt: '2026-12-08T10:00:00Z',
				decidedBy: null,
				decidedAt: null,
				decisionReason: null,
				approvable: true,
				withdrawable: false,
				packVersion: null,
			},
		});
		open('/rules/change/change_1');
		const what = within(await screen.findByRole('region', { name: 'Det bliver udført' }));
		expect(what.getByText('department')).toBeTruthy();
		expect(what.getByText('https://broker.example/op')).toBeTruthy();
	});
});
