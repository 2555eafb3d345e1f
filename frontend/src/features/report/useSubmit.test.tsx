import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { expect, it } from 'vitest';
import { useSubmit } from './useSubmit';

/** What comes of sending with the key that was kept, when the server answers so. */
async function sent(key: string | null, error: unknown) {
	const client = { mutation: () => ({ toPromise: async () => ({ error }) }) } as unknown as Client;
	const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
	const keys: (string | null)[] = [];
	const kept = { sending: key, setSending: (next: string | null) => void keys.push(next), earlier: null };
	const { result } = renderHook(() => useSubmit(kept), { wrapper });
	await act(() => result.current.send({}, false));
	return { ...result.current.sending, kept: keys.at(-1) };
}

const signedOut = { graphQLErrors: [{ extensions: { code: 'SIGN_IN_REQUIRED' } }] };
const noRoom = { graphQLErrors: [{ extensions: { code: 'NO_ROOM' } }] };

it('says that a report was not received only where that is certain', async () => {
	expect((await sent(null, noRoom)).state).toBe('noRoom');
	expect((await sent('a-key-that-was-sent-before', noRoom)).state).toBe('failed');
	expect((await sent(null, { graphQLErrors: [{ extensions: { code: 'INTERNAL' } }] })).state).toBe('failed');
	expect((await sent(null, { graphQLErrors: [], networkError: new Error() })).state).toBe('uncertain');
});

it('knows that nothing was sent by whoever is signed out, but not of an earlier attempt, whose key it keeps', async () => {
	expect(await sent(null, signedOut)).toEqual({ state: 'signedOut', uncertain: false, kept: null });
	expect(await sent('sent-before', signedOut)).toEqual({
		state: 'signedOut',
		uncertain: true,
		kept: 'sent-before',
	});
});
