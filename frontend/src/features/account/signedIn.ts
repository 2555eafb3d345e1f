const CHANNEL = 'varsel.signed-in';

/** Tells the other tabs of this browser that somebody has signed in. */
export function tellSignedIn(): void {
	const channel = new BroadcastChannel(CHANNEL);
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin, its own
	channel.postMessage('signed in');
	channel.close();
}

/** Calls back when somebody has signed in in another tab. */
export function onSignedIn(callback: () => void): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.addEventListener('message', callback);
	return () => channel.close();
}
