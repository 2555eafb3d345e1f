import { useQuery } from 'urql';
import { MeDocument, type MeQuery } from './session.generated';

/** Who is signed in. */
export type Viewer = NonNullable<MeQuery['me']>;

/** Who is signed in; null when nobody is, or when it cannot be told. */
export function useViewer(): { viewer: Viewer | null; fetching: boolean } {
	const [{ data, fetching }] = useQuery({ query: MeDocument });
	return { viewer: data?.me ?? null, fetching: fetching && !data };
}

/** Whether somebody keeps the rights of others, or watches over them; what else they see, each page asks the server. */
export const isKeeper = (viewer: Pick<Viewer, 'functions'> | null): boolean =>
	viewer?.functions.some((name) => name === 'ADMINISTER' || name === 'AUDIT') ?? false;

/** Whether somebody investigates how the data are used. */
export const isInvestigator = (viewer: Pick<Viewer, 'functions'> | null): boolean =>
	viewer?.functions.includes('AUDIT') ?? false;

/** Where somebody starts after signing in. */
export function homeOf(viewer: Pick<Viewer, 'unit' | 'role'> | null): string {
	if (viewer?.role === 'ADMINISTRATOR') return '/rules';
	if (viewer?.role === 'SECURITY_OFFICER') return '/access';
	return viewer?.unit ? `/queue/${encodeURIComponent(viewer.unit.id)}` : '/';
}

/** Whether the server runs with invented people and sends nothing on. */
export const isDemo = (): boolean =>
	document.querySelector('meta[name="varsel-mode"]')?.getAttribute('content') === 'demo';

async function post(path: string, body: unknown): Promise<Response | null> {
	try {
		const response = await fetch(path, {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return response.ok ? response : null;
	} catch {
		return null;
	}
}

/** Signs in as an invented person; demo only. */
export const signInAs = async (person: string): Promise<boolean> =>
	(await post('/demo/sign-in', { person })) !== null;

/** Ends the session. Where to go next: to the provider, to sign out there, too; else to the front page. */
export async function signOut(): Promise<string> {
	const response = await post('/sign-out', {});
	if (response?.status !== 200) return '/';
	const { next } = (await response.json()) as { next: string };
	return next;
}

const BACK = 'varsel.back';

/** Remembers, in this tab, the page to come back to after signing in: an identity provider lies between. */
export const comeBackTo = (path: string): void => sessionStorage.setItem(BACK, path);

/** The page to come back to, once. */
export function takeBack(): string | null {
	const path = sessionStorage.getItem(BACK);
	sessionStorage.removeItem(BACK);
	return path?.startsWith('/') && !path.startsWith('//') ? path : null;
}
