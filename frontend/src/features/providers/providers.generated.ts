/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { Proposed_ChangeProposed_Fragment, Proposed_ChangeRefused_Fragment } from '../access/access.generated';
import { operation } from '@/api/operation';
export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { identityProviders: Array<{ name: string, issuer: string, trustedSince: string | null, change: string | null, label: WordsFragment, settings: Array<{ name: string, values: Array<string> }> }> };

export type ProposeTrustMutationVariables = Exact<{
  input: Types.ProposeTrustInput;
}>;


export type ProposeTrustMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export const ProvidersDocument = /*#__PURE__*/ operation<ProvidersQuery, ProvidersQueryVariables>(
	'query',
	'sha256:04b583609b7596a2a8675e68f55646e7bf26f8db4397cfd6ad13f6e6790e98ca',
	[],
);

export const ProposeTrustDocument = /*#__PURE__*/ operation<ProposeTrustMutation, ProposeTrustMutationVariables>(
	'mutation',
	'sha256:b602b3a451106da0716a74d2be1e3be99369d7dadb90f53e980d75193fa90762',
	['Change'],
);