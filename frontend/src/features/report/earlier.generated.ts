/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import { operation } from '@/api/operation';
export type EarlierQueryVariables = Exact<{
  id: string;
}>;


export type EarlierQuery = { incident: { id: string, number: string, facts: Array<{ value: unknown, unknown: boolean, fact: { id: string } }>, obligations: Array<{ regime: string, stage: string, status: Types.ObligationStatus }> } | null };

export const EarlierDocument = /*#__PURE__*/ operation<EarlierQuery, EarlierQueryVariables>(
	'query',
	'sha256:685f1e74db3decd138006646c05ad0481cf6065944d5a09a1d72a822ead0dd7d',
	['Incident'],
);