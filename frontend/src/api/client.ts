import { cacheExchange, Client, fetchExchange, makeOperation, mapExchange, type Operation } from '@urql/core';
import { retryExchange } from '@urql/exchange-retry';
import type { Persisted } from './operation';
import { learnOutdated } from './outdated';
import { learnSignedOut } from './signedOut';
import { watchedFetch } from './stream';

/**
 * Sends the hash in place of the document. A mutation makes the answers stale that hold a type it touches, also the empty
 * ones; a live event does not: its page has it already.
 */
function byHash(operation: Operation): Operation {
	if (operation.kind === 'teardown') return operation;
	const { documentId, types } = operation.query as unknown as Persisted;
	const query = { kind: 'Document', definitions: [], documentId, types } as unknown as Operation['query'];
	const additionalTypenames = operation.kind === 'subscription' ? [] : [...types];
	return makeOperation(
		operation.kind,
		{ ...operation, query },
		{ ...operation.context, additionalTypenames },
	);
}

/** The API client. Only queries are retried by themselves: whether a filing is sent again is the person's choice. */
export function makeClient(): Client {
	return new Client({
		url: '/graphql',
		preferGetMethod: false,
		fetchSubscriptions: true,
		fetch: watchedFetch,
		fetchOptions: { credentials: 'same-origin' },
		exchanges: [
			cacheExchange,
			mapExchange({
				onOperation: byHash,
				onError: (error) => {
					learnOutdated(error);
					learnSignedOut(error);
				},
			}),
			retryExchange({
				maxNumberAttempts: 3,
				retryIf: (error, operation) => Boolean(error.networkError) && operation.kind === 'query',
			}),
			fetchExchange,
		],
	});
}
