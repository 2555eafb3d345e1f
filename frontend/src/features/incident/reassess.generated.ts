/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type ReassessmentQueryVariables = Exact<{
  incident: string;
}>;


export type ReassessmentQuery = { reassessment: { from: string, to: string, changes: Array<{ what: WordsFragment, before: WordsFragment | null, after: WordsFragment | null }> } | null, packVersions: Array<{ version: string, status: Types.PackStatus, inForceFrom: string | null }> };

export type ReassessMutationVariables = Exact<{
  input: Types.ReassessIncidentInput;
}>;


export type ReassessMutation = { reassessIncident:
    | { __typename: 'ChangeRefused', code: string, message: WordsFragment }
    | { __typename: 'IncidentReassessed', incident: { id: string, packVersion: string } }
   };

export const ReassessmentDocument = /*#__PURE__*/ operation<ReassessmentQuery, ReassessmentQueryVariables>(
	'query',
	'sha256:407be675757744253e4280dc53dcdde010aa721077074836b0ea456a18a503ed',
	[],
);

export const ReassessDocument = /*#__PURE__*/ operation<ReassessMutation, ReassessMutationVariables>(
	'mutation',
	'sha256:6bddbdb73dcff7e0652831e0d4209791b4ca64bc60fae7b15369fd61d43059db',
	['Incident'],
);