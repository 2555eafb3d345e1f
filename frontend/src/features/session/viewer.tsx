import { useQuery } from 'urql';
import { MeDocument, type MeQuery } from './session.generated';

/** Who is signed in. */
export type Viewer = NonNullable<MeQuery['me']>;

/** Who is signed in; null when nobody is, or when it cannot be told. */
export function useViewer(): { viewer: Viewer | null; fetching: boolean } {
	const [{ data, fetching }] = useQuery({ query: MeDocument });
	return { viewer: data?.me ?? null, fetching: fetching && !data };
}

/** Where somebody starts after signing in. */
export function homeOf(viewer: Pick<Viewer, 'unit' | 'role'> | null): string {
	if (viewer?.role === 'ADMINISTRATOR') return '/rules';
	return viewer?.unit ? `/queue/${encodeURIComponent(viewer.unit.id)}` : '/';
}

/** Whether the server runs with invented people and sends nothing on. */
export const isDemo = (): boolean =>
	document.querySelector('meta[name="varsel-mode"]')?.getAttribute('content') === 'demo';

async function post(path: string, body: unknown): Promise<boolean> {
	try {
		const response = await fetch(path, {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return response.ok;
	} catch {
		return false;
	}
}

/** Signs in as an invented person; demo only. */
export const signInAs = (person: string): Promise<boolean> => post('/demo/sign-in', { person });

/** Ends the session. */
export const signOut = (): Promise<boolean> => post('/sign-out', {});

const BACK = 'varsel.back';

/** Remembers, in this tab, the page to come back to after signing in: an identity provider lies between. */
export const comeBackTo = (path: string): void => sessionStorage.setItem(BACK, path);

/** The page to come back to, once. */
export function takeBack(): string | null {
	const path = sessionStorage.getItem(BACK);
	sessionStorage.removeItem(BACK);
	return path?.startsWith('/') && !path.startsWith('//') ? path : null;
}
