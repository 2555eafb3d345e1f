/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { RefusalFragment } from '../rules/rules.generated';
import { operation } from '@/api/operation';
export type HeldRightFragment = { id: string, functions: Array<Types.Function>, from: string, until: string | null, temporary: Types.Temporary | null, status: Types.AuthorisationStatus, suspension: Types.Suspension | null, basis: Types.AuthorisationBasis, provider: string | null, changeId: string | null, changedBy: string | null, changedAt: string | null, changeReason: string | null, lastUsedAt: string | null, unused: boolean, withdrawable: boolean, reinstatable: boolean, holder: { id: string, name: string, email: string | null, home: WordsFragment | null }, reach: { kind: Types.ReachKind, id: string | null, name: WordsFragment }, purpose: WordsFragment, used: Array<{ function: Types.Function, lastUsedAt: string | null, uses: number }> };

export type KnownPersonFragment = { id: string, name: string, email: string | null, role: Types.Role, home: WordsFragment | null };

export type ReviewHeadFragment = { id: string, openedAt: string, deadline: string, closedAt: string | null, itemCount: number, decidedCount: number, unusedCount: number, reach: { kind: Types.ReachKind, id: string | null, name: WordsFragment } };

export type Proposed_ChangeProposed_Fragment = { __typename: 'ChangeProposed', change: { id: string } };

export type Proposed_ChangeRefused_Fragment = (
  { __typename: 'ChangeRefused' }
  & RefusalFragment
);

export type ProposedFragment =
  | Proposed_ChangeProposed_Fragment
  | Proposed_ChangeRefused_Fragment
;

export type OwnRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnRightsQuery = { myAuthorisations: Array<HeldRightFragment>, myRequests: { nodes: Array<{ id: string, status: Types.ChangeStatus, proposedAt: string, title: WordsFragment }> } };

export type RightsQueryVariables = Exact<{
  filter: Types.AuthorisationFilter;
  after?: string | null | undefined;
}>;


export type RightsQuery = { authorisations: { totalCount: number, nodes: Array<HeldRightFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PeopleQueryVariables = Exact<{
  text: string;
}>;


export type PeopleQuery = { people: Array<KnownPersonFragment> };

export type OnePersonQueryVariables = Exact<{
  id: string;
}>;


export type OnePersonQuery = { person: KnownPersonFragment | null, authorisations: { nodes: Array<HeldRightFragment> } };

export type ReachesQueryVariables = Exact<{ [key: string]: never; }>;


export type ReachesQuery = { pack: { units: Array<{ id: string, name: WordsFragment }>, sectors: Array<{ id: string, name: WordsFragment }> } };

export type ReviewsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ReviewsQuery = { reviews: { nodes: Array<ReviewHeadFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OneReviewQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
  decided?: boolean | null | undefined;
}>;


export type OneReviewQuery = { review: (
    { items: { totalCount: number, nodes: Array<ReviewRowFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    & ReviewHeadFragment
  ) | null };

export type ReviewRowFragment = { authorisationId: string, holderId: string, holderName: string, functions: Array<Types.Function>, lastUsedAt: string | null, uses: number, unused: boolean, verdict: Types.ReviewVerdict | null, decidedBy: string | null, decidedAt: string | null, reason: string | null, decidable: boolean, purpose: WordsFragment, used: Array<{ function: Types.Function, lastUsedAt: string | null, uses: number }> };

export type AskForRightMutationVariables = Exact<{
  input: Types.RequestAuthorisationInput;
}>;


export type AskForRightMutation = { requestAuthorisation:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type AskForReinstatementMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type AskForReinstatementMutation = { requestReinstatement:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type WithdrawRightsMutationVariables = Exact<{
  input: Types.WithdrawAuthorisationsInput;
}>;


export type WithdrawRightsMutation = { withdrawAuthorisations: { withdrawn: Array<string>, over: Array<string> } };

export type PersonHasLeftMutationVariables = Exact<{
  input: Types.PersonLeftInput;
}>;


export type PersonHasLeftMutation = { personHasLeft: { authorisations: number, sessions: number, tokens: number } };

export type EndSessionsOfPersonMutationVariables = Exact<{
  person: string;
}>;


export type EndSessionsOfPersonMutation = { endSessionsOfPerson: number };

export type DecideReviewMutationVariables = Exact<{
  input: Types.DecideReviewItemsInput;
}>;


export type DecideReviewMutation = { decideReviewItems: { decided: Array<string>, before: Array<string>, own: Array<string>, review: ReviewHeadFragment | null } };

export const OwnRightsDocument = /*#__PURE__*/ operation<OwnRightsQuery, OwnRightsQueryVariables>(
	'query',
	'sha256:9a7199994d18012c03c5f5158c476f1baa6eecf1c71c3aacafaede915cd9ded0',
	['Authorisation', 'Change', 'Person', 'Reach'],
);

export const RightsDocument = /*#__PURE__*/ operation<RightsQuery, RightsQueryVariables>(
	'query',
	'sha256:16ba86b45548da29cc94a0a98f3da8ff3d4cd328f45d5e19de0d087e86174110',
	['Authorisation', 'Person', 'Reach'],
);

export const PeopleDocument = /*#__PURE__*/ operation<PeopleQuery, PeopleQueryVariables>(
	'query',
	'sha256:d85e5623080ecda40ed61f39c9af131c39dfb9d7ba240021a6a816f3c1467577',
	['Person'],
);

export const OnePersonDocument = /*#__PURE__*/ operation<OnePersonQuery, OnePersonQueryVariables>(
	'query',
	'sha256:e8260422aacf02b53c24a4c574a2d86bf8ad3cc54657efcd9285b5faf2cd1d09',
	['Authorisation', 'Person', 'Reach'],
);

export const ReachesDocument = /*#__PURE__*/ operation<ReachesQuery, ReachesQueryVariables>(
	'query',
	'sha256:05d82f8a161af3c964400176a8ff21ab615718a8943ec5a51a96d122a88309b7',
	['Pack', 'Sector'],
);

export const ReviewsDocument = /*#__PURE__*/ operation<ReviewsQuery, ReviewsQueryVariables>(
	'query',
	'sha256:868aacfb189c43919a90829d02d810eeed1f34449d78174a51c902b7237e1391',
	['Reach', 'Review'],
);

export const OneReviewDocument = /*#__PURE__*/ operation<OneReviewQuery, OneReviewQueryVariables>(
	'query',
	'sha256:5379e0d380aa118c26583fc69e04e52717906a56126317faa85d1a796037725a',
	['Reach', 'Review'],
);

export const AskForRightDocument = /*#__PURE__*/ operation<AskForRightMutation, AskForRightMutationVariables>(
	'mutation',
	'sha256:b879cc937313dd27b476ce7068f633d5f70c15299237a47864f8a65260411770',
	['Change'],
);

export const AskForReinstatementDocument = /*#__PURE__*/ operation<AskForReinstatementMutation, AskForReinstatementMutationVariables>(
	'mutation',
	'sha256:43cc5201b5b9cd52aeb09705e67344914deb48b21dc107be198ab4caaa006845',
	['Change'],
);

export const WithdrawRightsDocument = /*#__PURE__*/ operation<WithdrawRightsMutation, WithdrawRightsMutationVariables>(
	'mutation',
	'sha256:6ddd28aeccb9ea21f1890e732d56d74b66905c300d35ea0ccd553d2a80a3be94',
	[],
);

export const PersonHasLeftDocument = /*#__PURE__*/ operation<PersonHasLeftMutation, PersonHasLeftMutationVariables>(
	'mutation',
	'sha256:453a6791bc4a25f1a264a7e146adfc6cc2e8198703c7bac0869cd11b4874832a',
	[],
);

export const EndSessionsOfPersonDocument = /*#__PURE__*/ operation<EndSessionsOfPersonMutation, EndSessionsOfPersonMutationVariables>(
	'mutation',
	'sha256:06ae181ff6ba8c075c47be6fe7f4052b2e823ee38496bc33f31dab6ce8c472a9',
	[],
);

export const DecideReviewDocument = /*#__PURE__*/ operation<DecideReviewMutation, DecideReviewMutationVariables>(
	'mutation',
	'sha256:7acfaef0525df6aba123a03ad4b92b906c8d7c3d1650f0a799acf026f42bb1e9',
	['Reach', 'Review'],
);