import { tellSignedOut } from '@/api/signedOut';
import type { Language } from '@/i18n';

/** Why something was not done: a code, and where it can be mended in this form, the field and what to write. */
export type Problem = { code: string; field?: string; message?: Record<Language, string> };

export type Answer<T> = { data: T; problem?: never } | { data?: never; problem: Problem };

const NETWORK: Problem = { code: 'NETWORK' };

async function answer<T>(sent: Promise<Response>): Promise<Answer<T>> {
	try {
		const response = await sent;
		const body = (await response.json()) as unknown;
		if (response.ok) return { data: body as T };
		const { code, field, message } = body as Problem;
		if (code === 'SIGN_IN_REQUIRED') tellSignedOut();
		// Only texts in both languages are for people.
		return {
			problem: {
				code,
				...(field ? { field } : {}),
				...(typeof message === 'object' ? { message } : {}),
			},
		};
	} catch {
		return { problem: NETWORK };
	}
}

/** Reads something of Varsel's own accounts. */
export const read = <T>(path: string): Promise<Answer<T>> => answer<T>(fetch(path));

/** Sends something to them: one attempt. */
export const send = <T>(path: string, body: object = {}): Promise<Answer<T>> =>
	answer<T>(
		fetch(path, {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		}),
	);

/** What an app needs to give codes. */
export type Codes = { ceremony: string; secret: string; uri: string; qr: { path: string; size: number } };

type Challenge<T> = { ceremony: string; options: { publicKey: T } };

/** A device's answer, for the server. */
export type Shown = { ceremony: string; credential: unknown };

const canPasskeys = () =>
	typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

async function ceremony<T>(
	path: string,
	body: object,
	ask: (options: T) => Promise<Credential | null>,
): Promise<Answer<Shown>> {
	if (!canPasskeys()) return { problem: { code: 'NO_PASSKEYS' } };
	const begun = await send<Challenge<T>>(path, body);
	if (begun.problem) return begun;
	try {
		const credential = await ask(begun.data.options.publicKey);
		if (!(credential instanceof PublicKeyCredential)) return { problem: { code: 'CANCELLED' } };
		return { data: { ceremony: begun.data.ceremony, credential: credential.toJSON() } };
	} catch {
		return { problem: { code: 'CANCELLED' } };
	}
}

/** Has the device make a passkey, as the server at `path` asks. */
export const makePasskey = (path: string, body: object = {}): Promise<Answer<Shown>> =>
	ceremony<PublicKeyCredentialCreationOptionsJSON>(path, body, (options) =>
		navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
	);

/** Has the device show a passkey. */
export const showPasskey = (path: string): Promise<Answer<Shown>> =>
	ceremony<PublicKeyCredentialRequestOptionsJSON>(path, {}, (options) =>
		navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
	);
