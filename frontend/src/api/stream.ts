import { learnServerTime } from './clock';

/** The server sends a sign of life every 12 seconds; after this silence the stream is taken for dead. */
export const SILENCE_MS = 40_000;

/** A stream opened, gave a sign of life, or came to its end. */
export type StreamEvent = 'open' | 'heard' | 'closed';

type Listener = (event: StreamEvent) => void;
const listeners = new Set<Listener>();

/** Calls back when a live stream opens, ends, and whenever anything, also a mere sign of life, arrives on one. */
export function listenToStreams(listener: Listener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

const tell = (event: StreamEvent) => {
	for (const listener of listeners) listener(event);
};

/** `fetch` that learns the server's time and reports the life of event streams. */
export const watchedFetch: typeof fetch = async (input, init) => {
	const response = await fetch(input, init);
	learnServerTime(response);
	if (!response.ok || !response.body || !isEventStream(response)) return response;
	let open = false;
	const watched = new TransformStream<Uint8Array, Uint8Array>({
		transform(chunk, controller) {
			// The headers come before the server watches; its first word says that it does.
			tell(open ? 'heard' : 'open');
			open = true;
			controller.enqueue(chunk);
		},
		flush: () => tell('closed'),
	});
	return new Response(response.body.pipeThrough(watched), {
		status: response.status,
		headers: response.headers,
	});
};

const isEventStream = (response: Response) =>
	(response.headers.get('content-type') ?? '').startsWith('text/event-stream');
