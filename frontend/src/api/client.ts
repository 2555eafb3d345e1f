import { Client, fetchExchange, mapExchange } from '@urql/core';
import { cacheExchange, type KeyingConfig } from '@urql/exchange-graphcache';
import { retryExchange } from '@urql/exchange-retry';
import { tellOfError } from './signedOut';
import { watchedFetch } from './stream';

/** Types that are part of what they stand in: their ids, where they have any, are not unique. */
export const EMBEDDED = [
	'Assessment',
	'CaseChange',
	'CaseConnection',
	'CaseEdge',
	'FactAnswer',
	'FactOption',
	'FactProblem',
	'FactWarning',
	'Guidance',
	'GuidanceStep',
	'IncidentConnection',
	'IncidentEdge',
	'Obligation',
	'PageInfo',
	'Question',
	'Reason',
	'Receipt',
	'RegimeAssessment',
	'ReportIncomplete',
	'ReportNeedsConfirmation',
	'ReportRefused',
	'ReportSubmitted',
	'Route',
	'Severity',
	'Source',
	'Text',
] as const;

const keys: KeyingConfig = Object.fromEntries(EMBEDDED.map((type) => [type, () => null]));

/** The API client. Only queries are retried by themselves: whether a filing is sent again is the person's choice. */
export function makeClient(): Client {
	return new Client({
		url: '/graphql',
		preferGetMethod: false,
		fetchSubscriptions: true,
		fetch: watchedFetch,
		fetchOptions: { credentials: 'same-origin' },
		exchanges: [
			mapExchange({ onError: tellOfError }),
			cacheExchange({ keys }),
			retryExchange({
				maxNumberAttempts: 3,
				retryIf: (error, operation) => Boolean(error.networkError) && operation.kind === 'query',
			}),
			fetchExchange,
		],
	});
}
