import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/testing/render';
import { PasswordForm } from './ChooseFactors';
import { LocalSignIn } from './LocalSignIn';

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
		expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
			'Udfyld: Mailadresse',
			'Udfyld: Adgangskode',
			`Udfyld: ${CODE}`,
		]);
		type('Mailadresse', 'bo@kyst.example');
		type('Adgangskode', 'fire gule kaniner');
		type(CODE, '123456');
		fireEvent.click(screen.getByRole('button', { name: 'Log ind' }));
		expect((await screen.findByRole('alert')).textContent).toContain('passer ikke sammen');
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
		expect(screen.getByRole('alert').textContent).toContain('mindst 15 tegn');
		type('Adgangskode', 'fire gule kaniner');
		type('De seks cifre, appen viser nu', '123456');
		fireEvent.click(screen.getByRole('button', { name: 'Gem' }));
		expect(await screen.findByText('Koden passer ikke.')).toBeTruthy();
		expect(onChosen).toHaveBeenCalledWith('fire gule kaniner', '123456');
	});
});
