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
	if (isSignedOut(error)) tellSignedOut();
}

/** Tells that the server answered that nobody is signed in. */
export function tellSignedOut(): void {
	for (const listener of listeners) listener();
}

/** Whether an operation was refused because nobody is signed in, so that nothing was done. */
export const isSignedOut = (error: CombinedError | undefined): boolean =>
	error?.graphQLErrors.some(({ extensions }) => extensions.code === 'SIGN_IN_REQUIRED') ?? false;
