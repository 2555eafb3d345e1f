import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/testing/render';
import { PasswordForm } from './ChooseFactors';
import { InviteForm } from './InviteForm';
import { LocalSignIn } from './LocalSignIn';

beforeEach(() => {
	document.title = 'Log ind – Varsel';
});
afterEach(() => vi.unstubAllGlobals());

const type = (label: string, value: string) =>
	fireEvent.change(screen.getByLabelText(label), { target: { value } });

/** A server that answers each post with the next of these, and what it was sent. */
function answers(...all: [status: number, body: unknown][]) {
	const sent: { path: string; body: Record<string, unknown> }[] = [];
	vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
		sent.push({ path, body: JSON.parse(String(init.body)) as Record<string, unknown> });
		const [status, body] = all.shift() ?? [500, {}];
		return Response.json(body, { status });
	});
	return sent;
}

describe('signing in with a password', () => {
	const CODE = 'Kode fra appen, eller en gendannelseskode';

	it('asks for what is missing, and after a refusal keeps all but the code, which counts once', async () => {
		const sent = answers([401, { code: 'NOT_SIGNED_IN', message: 'no' }]);
		show(<LocalSignIn passkeys={false} again={false} next="/" />);
		fireEvent.click(screen.getByRole('button', { name: 'Log ind' }));
		const summary = screen.getByRole('alert');
		expect(
			within(summary)
				.getAllByRole('link')
				.map((link) => link.textContent),
		).toEqual(['Udfyld: Mailadresse', 'Udfyld: Adgangskode', `Udfyld: ${CODE}`]);
		await waitFor(() => expect(document.activeElement).toBe(summary));
		expect(document.title).toMatch(/^Fejl: /);
		fireEvent.click(within(summary).getByRole('link', { name: 'Udfyld: Adgangskode' }));
		await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Adgangskode')));
		type('Mailadresse', 'bo@kyst.example');
		type('Adgangskode', 'fire gule kaniner');
		type(CODE, '123456');
		fireEvent.click(screen.getByRole('button', { name: 'Log ind' }));
		const refused = await screen.findByText(/passer ikke sammen/);
		await waitFor(() => expect(document.activeElement?.contains(refused)).toBe(true));
		expect(document.title).toMatch(/^Fejl: /);
		const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
		await waitFor(() => expect(value(CODE)).toBe(''));
		expect([value('Mailadresse'), value('Adgangskode')]).toEqual(['bo@kyst.example', 'fire gule kaniner']);
		expect(sent).toEqual([
			{
				path: '/local/sign-in',
				body: { login: 'bo@kyst.example', password: 'fire gule kaniner', code: '123456', again: false },
			},
		]);
	});

	it('asks for a new password where the old one has run out', async () => {
		const sent = answers(
			[409, { code: 'PASSWORD_RUN_OUT', message: 'run out' }],
			[400, { code: 'INVALID', field: 'password', message: { da: 'For kort.', en: 'Too short.' } }],
		);
		show(<LocalSignIn passkeys={false} again next="/" />);
		type('Mailadresse', 'bo@kyst.example');
		type('Adgangskode', 'fire gule kaniner');
		type(CODE, '123456');
		fireEvent.click(screen.getByRole('button', { name: 'Log ind' }));
		await screen.findByLabelText('Ny adgangskode');
		type('Ny adgangskode', 'ny');
		type(CODE, '654321');
		fireEvent.click(screen.getByRole('button', { name: 'Log ind' }));
		expect(await screen.findByText('For kort.')).toBeTruthy();
		expect(screen.getByLabelText<HTMLInputElement>('Ny adgangskode').value).toBe('ny');
		expect(sent.map(({ body }) => [body.newPassword, body.again])).toEqual([
			[undefined, true],
			['ny', true],
		]);
	});

	it('shows and hides what was typed', () => {
		show(<LocalSignIn passkeys={false} again={false} next="/" />);
		const field = screen.getByLabelText<HTMLInputElement>('Adgangskode');
		expect([field.type, field.autocomplete]).toEqual(['password', 'current-password']);
		fireEvent.click(screen.getByRole('button', { name: 'Vis: Adgangskode' }));
		expect(field.type).toBe('text');
		fireEvent.click(screen.getByRole('button', { name: 'Skjul: Adgangskode' }));
		expect(field.type).toBe('password');
	});
});

describe('choosing a password', () => {
	const codes = {
		ceremony: 'c',
		secret: 'ABCDEFGHIJ',
		uri: 'otpauth://totp/x',
		qr: { path: 'M4,4h1v1h-1z', size: 45 },
	};

	it('shows the key in groups beside the picture, and says what is wrong at its field', async () => {
		const onChosen = vi.fn(async () => ({
			code: 'INVALID',
			field: 'code',
			message: { da: 'Koden passer ikke.', en: 'The code does not fit.' },
		}));
		show(<PasswordForm login="bo" codes={codes} shortest={15} label="Gem" onChosen={onChosen} />);
		expect(screen.getByRole('img', { name: 'QR-kode til appen' })).toBeTruthy();
		expect(screen.getByText('ABCD EFGH IJ')).toBeTruthy();
		type('Adgangskode', 'for kort');
		fireEvent.click(screen.getByRole('button', { name: 'Gem' }));
		const missing = screen.getByRole('alert').textContent;
		expect(missing).toContain('mindst 15 tegn');
		expect(missing).toContain('Udfyld: De seks cifre, appen viser nu');
		type('Adgangskode', 'fire gule kaniner');
		type('De seks cifre, appen viser nu', '123456');
		fireEvent.click(screen.getByRole('button', { name: 'Gem' }));
		const wrong = await screen.findByRole('link', { name: 'Koden passer ikke.' });
		await waitFor(() => expect(document.activeElement?.contains(wrong)).toBe(true));
		expect(onChosen).toHaveBeenCalledWith('fire gule kaniner', '123456');
	});
});

describe('inviting somebody', () => {
	it('says at once everything that is missing, and where the server finds a mistake', async () => {
		const onSend = vi.fn(async () => ({
			code: 'INVALID',
			field: 'cvr',
			message: { da: 'CVR-nummeret findes ikke.', en: 'No such CVR number.' },
		}));
		show(<InviteForm units={[]} onSend={onSend} />);
		fireEvent.click(screen.getByRole('button', { name: 'Send invitation' }));
		const summary = screen.getByRole('alert');
		expect(
			within(summary)
				.getAllByRole('link')
				.map((link) => link.textContent),
		).toEqual(['Udfyld: Navn', 'Udfyld: Mailadresse', 'Udfyld: CVR-nummer']);
		await waitFor(() => expect(document.activeElement).toBe(summary));
		expect(onSend).not.toHaveBeenCalled();
		type('Navn', 'Bo');
		type('Mailadresse', 'bo@kyst.example');
		type('CVR-nummer', '1');
		fireEvent.click(screen.getByRole('button', { name: 'Send invitation' }));
		const wrong = await screen.findByRole('link', { name: 'CVR-nummeret findes ikke.' });
		await waitFor(() => expect(document.activeElement?.contains(wrong)).toBe(true));
		expect(document.title).toMatch(/^Fejl: /);
	});
});
