import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { expect, it } from 'vitest';
import { useSubmit } from './useSubmit';

/** What comes of sending with the key that was kept, when the server answers so. */
async function sent(key: string | null, error: unknown) {
	const client = { mutation: () => ({ toPromise: async () => ({ error }) }) } as unknown as Client;
	const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
	const kept = { sending: key, setSending: () => {}, earlier: null };
	const { result } = renderHook(() => useSubmit(kept), { wrapper });
	await act(() => result.current.send({}, false));
	return result.current.sending.state;
}

const noRoom = { graphQLErrors: [{ extensions: { code: 'NO_ROOM' } }] };

it('says that a report was not received only where that is certain', async () => {
	expect(await sent(null, noRoom)).toBe('noRoom');
	expect(await sent('a-key-that-was-sent-before', noRoom)).toBe('failed');
	expect(await sent(null, { graphQLErrors: [{ extensions: { code: 'INTERNAL' } }] })).toBe('failed');
	expect(await sent(null, { graphQLErrors: [], networkError: new Error() })).toBe('uncertain');
});
