/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type OwnSessionFragment = { id: string, device: string | null, begunAt: string, lastUsedAt: string, current: boolean, assurance: string | null, authenticatedAt: string | null, provider: WordsFragment | null };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { mySessions: Array<OwnSessionFragment> };

export type StillSignedInQueryVariables = Exact<{ [key: string]: never; }>;


export type StillSignedInQuery = { mySessions: Array<{ id: string }> };

export type EndSessionMutationVariables = Exact<{
  id: string;
}>;


export type EndSessionMutation = { endSession: Array<OwnSessionFragment> };

export type EndOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndOtherSessionsMutation = { endOtherSessions: Array<OwnSessionFragment> };

export type BecomeAdministratorMutationVariables = Exact<{
  token: string;
}>;


export type BecomeAdministratorMutation = { becomeAdministrator: { id: string, role: Types.Role } };

export const AccountDocument = /*#__PURE__*/ operation<AccountQuery, AccountQueryVariables>(
	'query',
	'sha256:d4b69b4f057aadbc5216373c9d1a8e353c9ef2c8c6aa3bf2ee1fc800d17c69f2',
	['Session'],
);

export const StillSignedInDocument = /*#__PURE__*/ operation<StillSignedInQuery, StillSignedInQueryVariables>(
	'query',
	'sha256:bbf4aeeffa168121b5805c6d43499823e91989fd2c6a3ce4c716d323926788b4',
	['Session'],
);

export const EndSessionDocument = /*#__PURE__*/ operation<EndSessionMutation, EndSessionMutationVariables>(
	'mutation',
	'sha256:cbec63d3bb017da33827afec424c54045218037c66e8ad6edcfc4900beda0f30',
	['Session'],
);

export const EndOtherSessionsDocument = /*#__PURE__*/ operation<EndOtherSessionsMutation, EndOtherSessionsMutationVariables>(
	'mutation',
	'sha256:07a5179ea761201a43a591a913e1573ab66fab08a3ed9a91bc202fdab3d75a58',
	['Session'],
);

export const BecomeAdministratorDocument = /*#__PURE__*/ operation<BecomeAdministratorMutation, BecomeAdministratorMutationVariables>(
	'mutation',
	'sha256:529ad29680e5ff5fa579f7192b3c854f7d9e217d79f438f7a95f2d7791ffbe35',
	['Viewer'],
);