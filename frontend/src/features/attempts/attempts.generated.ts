/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import { operation } from '@/api/operation';
export type BlockFragment = { id: string, kind: Types.BlockedKind, subject: string, cause: Types.AttemptCause, beganAt: string, until: string, times: number, closedOff: boolean, marked: boolean, owner: string | null, liftedBy: string | null, closedBy: string | null, closedAt: string | null, reason: string | null };

export type AttemptsQueryVariables = Exact<{
  open: boolean;
  after?: string | null | undefined;
}>;


export type AttemptsQuery = { attemptPatterns: { total: number, openTasks: number, markedTasks: number, days: Array<{ date: string, cause: Types.AttemptCause, count: number }>, sources: Array<{ client: string, cause: Types.AttemptCause, count: number, lastAt: string }>, today: Array<{ cause: Types.AttemptCause, count: number, usual: number, deviates: boolean }>, yesterday: Array<{ cause: Types.AttemptCause, count: number, usual: number, deviates: boolean }>, unusual: Array<{ date: string, kind: Types.BlockedKind, subject: string, count: number, usual: number }> }, attemptBlocks: { totalCount: number, nodes: Array<BlockFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AttemptsOnMyAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AttemptsOnMyAccountQuery = { attemptsOnMyAccount: Array<{ id: string, at: string, cause: Types.AttemptCause, client: string, device: string | null }> };

export type TakeAttemptBlockMutationVariables = Exact<{
  id: string;
}>;


export type TakeAttemptBlockMutation = { takeAttemptBlock: BlockFragment };

export type CloseAttemptBlocksMutationVariables = Exact<{
  input: Types.CloseAttemptBlocksInput;
}>;


export type CloseAttemptBlocksMutation = { closeAttemptBlocks: Array<BlockFragment> };

export type LiftAttemptBlockMutationVariables = Exact<{
  id: string;
}>;


export type LiftAttemptBlockMutation = { liftAttemptBlock: BlockFragment };

export const AttemptsDocument = /*#__PURE__*/ operation<AttemptsQuery, AttemptsQueryVariables>(
	'query',
	'sha256:f4d6a58702a122a44eeb0e5f66fde8382d5c78b97f1fe353b8c2603da5dda0e9',
	['AttemptBlock'],
);

export const AttemptsOnMyAccountDocument = /*#__PURE__*/ operation<AttemptsOnMyAccountQuery, AttemptsOnMyAccountQueryVariables>(
	'query',
	'sha256:7bfc5c34d9c1f865f8f95e498236aa80c07fefffbf10168679afc991230944ff',
	['RejectedAttempt'],
);

export const TakeAttemptBlockDocument = /*#__PURE__*/ operation<TakeAttemptBlockMutation, TakeAttemptBlockMutationVariables>(
	'mutation',
	'sha256:63a9e3688841656bcea3edeee824b3c491c945d212ef51a835ef5078efffcd96',
	['AttemptBlock'],
);

export const CloseAttemptBlocksDocument = /*#__PURE__*/ operation<CloseAttemptBlocksMutation, CloseAttemptBlocksMutationVariables>(
	'mutation',
	'sha256:9c6ed0ac45022340704889ca8c5bae9db3bf907b7bd05b86b42d8496f421320b',
	['AttemptBlock'],
);

export const LiftAttemptBlockDocument = /*#__PURE__*/ operation<LiftAttemptBlockMutation, LiftAttemptBlockMutationVariables>(
	'mutation',
	'sha256:e3338f9c1a26fbc1b59efe79205155708beb7c39de7b1e02a7987c5edba9a7d3',
	['AttemptBlock'],
);