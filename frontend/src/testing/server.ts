import { readFileSync } from 'node:fs';
import { buildSchema, graphql, parse, subscribe } from 'graphql';
import { vi } from 'vitest';

const schema = buildSchema(readFileSync('../schema/schema.graphql', 'utf8'));

/** What a double of the server answers: a value or a function a field, as in the contract. */
export type Root = Record<string, unknown>;

/** The documents that the pages' hashes stand for: the list that the server takes. */
const operations = JSON.parse(readFileSync('../schema/operations.json', 'utf8')) as Record<string, string>;

type Request = { query: string; variables: Record<string, unknown> };

/** A request as the server understands it; like the server it takes no document but those of the list. */
function read(body: string): Request {
	const { documentId, variables } = JSON.parse(body) as {
		documentId: string;
		variables?: Request['variables'];
	};
	const query = operations[documentId];
	if (!query) throw new Error(`the list has no document ${documentId}: run \`make generate\``);
	return { query, variables: variables ?? {} };
}

/**
 * A double of the server behind `fetch`. It executes the pages' real operations against the real contract, so that a
 * test cannot pass with an answer that the server could not give.
 */
export function fakeServer(root: Root) {
	const asked: Request[] = [];
	let push: (data: Record<string, unknown>) => Promise<void> = () =>
		Promise.reject(new Error('no stream is open'));
	let hangUp = () => {};
	let broken = false;

	const stream = (request: Request) => {
		const encoder = new TextEncoder();
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				push = async (data) => {
					const only = (async function* one() {
						yield data;
					})();
					const [field] = Object.keys(data);
					const events = await subscribe({
						schema,
						document: parse(request.query),
						variableValues: request.variables,
						rootValue: { [field ?? '']: () => only },
					});
					for await (const event of events as AsyncIterable<unknown>) {
						controller.enqueue(encoder.encode(`event: next\ndata: ${JSON.stringify(event)}\n\n`));
					}
				};
				hangUp = () => controller.close();
				controller.enqueue(encoder.encode(': watching\n\n'));
			},
		});
		return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
	};

	vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
		const request = read(String(init.body));
		asked.push(request);
		if (broken) throw new TypeError('Failed to fetch');
		const accept = new Headers(init.headers).get('accept') ?? '';
		if (accept.startsWith('text/event-stream')) return stream(request);
		const result = await graphql({
			schema,
			source: request.query,
			variableValues: request.variables,
			rootValue: root,
		});
		// What has a code is the server's refusal; anything else is a mistake of the test.
		const slips = result.errors?.filter(({ extensions }) => !extensions.code) ?? [];
		if (slips.length > 0) throw new Error(slips.map((error) => error.message).join('; '));
		return Response.json(result);
	});

	return {
		/** The requests so far, of one operation. */
		asked: (operation: string) => asked.filter((request) => request.query.includes(operation)),
		/** Sends an event on the open stream. */
		push: (data: Record<string, unknown>) => push(data),
		/** Ends the open stream. */
		hangUp: () => hangUp(),
		/** Cuts the line, or mends it. */
		cut: (is: boolean) => {
			broken = is;
		},
	};
}
