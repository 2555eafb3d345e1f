/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { RefusalFragment } from '../rules/rules.generated';
import { operation } from '@/api/operation';
export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { identityProviders: Array<{ name: string, issuer: string, trustedSince: string | null, change: string | null, label: WordsFragment, settings: Array<{ name: string, values: Array<string> }> }> };

export type ProposeTrustMutationVariables = Exact<{
  input: Types.ProposeTrustInput;
}>;


export type ProposeTrustMutation = { proposeTrust:
    | { __typename: 'ChangeProposed', change: { id: string } }
    | (
      { __typename: 'ChangeRefused' }
      & RefusalFragment
    )
   };

export const ProvidersDocument = /*#__PURE__*/ operation<ProvidersQuery, ProvidersQueryVariables>(
	'query',
	'sha256:04b583609b7596a2a8675e68f55646e7bf26f8db4397cfd6ad13f6e6790e98ca',
	[],
);

export const ProposeTrustDocument = /*#__PURE__*/ operation<ProposeTrustMutation, ProposeTrustMutationVariables>(
	'mutation',
	'sha256:b739522c54cf66800b440435497242553cad2491bf01a1385e537e4e87c3a06e',
	['Change'],
);