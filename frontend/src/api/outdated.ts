import { useSyncExternalStore } from 'react';
import type { CombinedError } from '@urql/core';

let outdated = false;
const listeners = new Set<() => void>();

/** Learns from a refusal that the server was upgraded since this page was loaded: it does not know its operations. */
export function learnOutdated(error: CombinedError): void {
	if (!error.graphQLErrors.some(({ extensions }) => extensions.code === 'UNKNOWN_DOCUMENT')) return;
	outdated = true;
	for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
	listeners.add(listener);
	return () => listeners.delete(listener);
};

/** Whether this page is older than the server and must be loaded anew. */
export const useOutdated = (): boolean => useSyncExternalStore(subscribe, () => outdated);
