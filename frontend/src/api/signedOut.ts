import type { CombinedError } from '@urql/core';

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back when the server answers that nobody is signed in. */
export function onSignedOut(listener: Listener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Learns from a refusal that nobody is signed in. */
export function learnSignedOut(error: CombinedError): void {
	if (!error.graphQLErrors.some(({ extensions }) => extensions.code === 'SIGN_IN_REQUIRED')) return;
	for (const listener of listeners) listener();
}
