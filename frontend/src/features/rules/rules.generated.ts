/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { VersionHeadFragment } from '../law/law.generated';
import { operation } from '@/api/operation';
export type ChangeHeadFragment = { id: string, status: Types.ChangeStatus, proposedBy: string, proposedAt: string, expiresAt: string, decidedBy: string | null, decidedAt: string | null, title: WordsFragment };

export type ChangeWholeFragment = (
  { reason: string, payload: string, payloadSha256: string, decisionReason: string | null, approvable: boolean, withdrawable: boolean, packVersion: VersionHeadFragment | null, grant: { holderName: string, functions: Array<Types.Function>, purpose: string | null, from: string | null, until: string | null, temporary: Types.Temporary | null, reach: { kind: Types.ReachKind, id: string | null, name: WordsFragment } } | null }
  & ChangeHeadFragment
);

export type RefusalFragment = { code: string, message: WordsFragment };

export type RulesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RulesQuery = { packVersions: Array<(
    { change: { id: string, status: Types.ChangeStatus } | null }
    & VersionHeadFragment
  )>, changes: { totalCount: number, nodes: Array<ChangeHeadFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RulesVersionQueryVariables = Exact<{
  version: string;
}>;


export type RulesVersionQuery = { packVersion: (
    { contentSha256: string, change: ChangeHeadFragment | null }
    & VersionHeadFragment
  ) | null };

export type RulesComparisonQueryVariables = Exact<{
  version: string;
}>;


export type RulesComparisonQuery = { packVersion: { version: string, comparison: { against: string, incidents: number, changedIncidents: number, items: Array<{ what: WordsFragment, before: WordsFragment | null, after: WordsFragment | null }>, effects: Array<{ incidents: number, what: WordsFragment, before: WordsFragment | null, after: WordsFragment | null }> } | null } | null };

export type OneChangeQueryVariables = Exact<{
  id: string;
}>;


export type OneChangeQuery = { change: ChangeWholeFragment | null };

export type ProposeVersionMutationVariables = Exact<{
  input: Types.ProposePackVersionInput;
}>;


export type ProposeVersionMutation = { proposePackVersion:
    | { __typename: 'ChangeProposed', change: { id: string } }
    | (
      { __typename: 'ChangeRefused' }
      & RefusalFragment
    )
   };

export type ApproveChangeMutationVariables = Exact<{
  input: Types.ApproveChangeInput;
}>;


export type ApproveChangeMutation = { approveChange:
    | Decision_ChangeDecided_Fragment
    | Decision_ChangeRefused_Fragment
   };

export type RejectChangeMutationVariables = Exact<{
  input: Types.RejectChangeInput;
}>;


export type RejectChangeMutation = { rejectChange:
    | Decision_ChangeDecided_Fragment
    | Decision_ChangeRefused_Fragment
   };

export type WithdrawChangeMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawChangeMutation = { withdrawChange:
    | Decision_ChangeDecided_Fragment
    | Decision_ChangeRefused_Fragment
   };

export type Decision_ChangeDecided_Fragment = { __typename: 'ChangeDecided', change: ChangeWholeFragment };

export type Decision_ChangeRefused_Fragment = (
  { __typename: 'ChangeRefused' }
  & RefusalFragment
);

export type DecisionFragment =
  | Decision_ChangeDecided_Fragment
  | Decision_ChangeRefused_Fragment
;

export const RulesDocument = /*#__PURE__*/ operation<RulesQuery, RulesQueryVariables>(
	'query',
	'sha256:0471019637a62c97218a1a1bd12676d5ad09414751ed8bb95bc6f3dc11f7148d',
	['Change'],
);

export const RulesVersionDocument = /*#__PURE__*/ operation<RulesVersionQuery, RulesVersionQueryVariables>(
	'query',
	'sha256:dd36f8002257e5111c50ccfbe7495d8e6e2f72cd740b2260a77f9ad2f7c6f90e',
	['Change'],
);

export const RulesComparisonDocument = /*#__PURE__*/ operation<RulesComparisonQuery, RulesComparisonQueryVariables>(
	'query',
	'sha256:0c57717dc4a3968986d8921d735f131e5feab766cc2080fc7c279472f451eae2',
	[],
);

export const OneChangeDocument = /*#__PURE__*/ operation<OneChangeQuery, OneChangeQueryVariables>(
	'query',
	'sha256:2a3f75d9f7a89302df79d27bb8ccd6d9119a560dc2770be7e737c56e1af629bd',
	['Change', 'Reach'],
);

export const ProposeVersionDocument = /*#__PURE__*/ operation<ProposeVersionMutation, ProposeVersionMutationVariables>(
	'mutation',
	'sha256:e93e5f3aaa033318cff2d5dd4f3ba10006f8ff1d4f528c9a62b3fe93f95f76e9',
	['Change'],
);

export const ApproveChangeDocument = /*#__PURE__*/ operation<ApproveChangeMutation, ApproveChangeMutationVariables>(
	'mutation',
	'sha256:8a9eb90ad532293eef7d84ec5c76136733392238eab95fce3f65b6569d008fa1',
	['Change', 'Reach'],
);

export const RejectChangeDocument = /*#__PURE__*/ operation<RejectChangeMutation, RejectChangeMutationVariables>(
	'mutation',
	'sha256:06feeae89a3bdd32ef7fe311b99e133c2520cb1bb0b65b18f183fc8b964fcf6b',
	['Change', 'Reach'],
);

export const WithdrawChangeDocument = /*#__PURE__*/ operation<WithdrawChangeMutation, WithdrawChangeMutationVariables>(
	'mutation',
	'sha256:05bc2e6533de38238e1aa2abc5fbd28b762c03546e07002d92d03e6c92cdb4ed',
	['Change', 'Reach'],
);