/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { Proposed_ChangeProposed_Fragment, Proposed_ChangeRefused_Fragment } from '../access/access.generated';
import { operation } from '@/api/operation';
export type VaultQueryVariables = Exact<{ [key: string]: never; }>;


export type VaultQuery = { vault: { root: string, incidents: number, destroyed: number, withoutKey: number, roots: Array<{ name: string, keys: number, known: boolean }>, approved: Array<{ changeId: string, approvedAt: string, title: WordsFragment }>, replacements: Array<{ at: string, what: Types.ReplacedKey, keys: number, changeId: string | null, reason: string | null }> } };

export type ProposeKeyRenewalMutationVariables = Exact<{
  input: Types.ProposeKeyRenewalInput;
}>;


export type ProposeKeyRenewalMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type ProposeRootReplacementMutationVariables = Exact<{
  input: Types.ProposeRootReplacementInput;
}>;


export type ProposeRootReplacementMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export const VaultDocument = /*#__PURE__*/ operation<VaultQuery, VaultQueryVariables>(
	'query',
	'sha256:ed3842c7305e200c7f403370a1e827489c44351e36ba3059a22ef821753ea946',
	[],
);

export const ProposeKeyRenewalDocument = /*#__PURE__*/ operation<ProposeKeyRenewalMutation, ProposeKeyRenewalMutationVariables>(
	'mutation',
	'sha256:eb48764e4aceedc897d09c03a5a32061d7bd08da781f6d41459d05cfecfb7d7e',
	['Change'],
);

export const ProposeRootReplacementDocument = /*#__PURE__*/ operation<ProposeRootReplacementMutation, ProposeRootReplacementMutationVariables>(
	'mutation',
	'sha256:00d11252df7a51b5ce8d73095d4e807796ed3dc99c3a50cce52d833d92bf5bdd',
	['Change'],
);