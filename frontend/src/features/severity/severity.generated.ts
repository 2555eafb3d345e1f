/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { HeldFragment, WordsFragment, ConfirmedFragment, LevelFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type SeverityWholeFragment = (
  { confirmable: boolean, proposed: LevelFragment, confirmations: Array<(
    { by: string | null, justification: string | null }
    & ConfirmedFragment
  )>, scale: Array<{ level: number, name: WordsFragment, meaning: WordsFragment }> }
  & HeldFragment
);

export type ConfirmSeverityMutationVariables = Exact<{
  input: Types.ConfirmSeverityInput;
}>;


export type ConfirmSeverityMutation = { confirmSeverity:
    | { __typename: 'SeverityConfirmed', incident: { id: string } }
    | { __typename: 'SeverityConflict', incident: { id: string }, message: WordsFragment }
    | { __typename: 'SeverityRefused', field: string, message: WordsFragment }
   };

export const ConfirmSeverityDocument = /*#__PURE__*/ operation<ConfirmSeverityMutation, ConfirmSeverityMutationVariables>(
	'mutation',
	'sha256:0df3661869a30ca02efa9a4369ef99e201b4e33de260b2144784467428448f56',
	['Incident'],
);