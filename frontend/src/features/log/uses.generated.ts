/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import { operation } from '@/api/operation';
export type LoggedUseFragment = { id: string, position: number | null, at: string, person: string | null, name: string, requestId: string, entry: string, sentence: { da: string, en: string }, purposes: Array<{ da: string, en: string }>, shown: Array<{ da: string, en: string }> };

export type UsesQueryVariables = Exact<{
  inquiry: Types.UseInquiry;
  after?: string | null | undefined;
}>;


export type UsesQuery = { uses: { totalCount: number, nodes: Array<LoggedUseFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UseHolderFragment = { id: string, name: string, email: string | null, home: { da: string, en: string } | null };

export type HoldersQueryVariables = Exact<{
  text: string;
}>;


export type HoldersQuery = { authorisations: { nodes: Array<{ holder: UseHolderFragment }>, pageInfo: { hasNextPage: boolean } } };

export const UsesDocument = /*#__PURE__*/ operation<UsesQuery, UsesQueryVariables>(
	'query',
	'sha256:e5447cd02d48a94832216766e57658edf67c1405b852f1082046e66d72af2db1',
	['Use'],
);

export const HoldersDocument = /*#__PURE__*/ operation<HoldersQuery, HoldersQueryVariables>(
	'query',
	'sha256:c15ca81b6ddcef65c66811a580dc7e267b5d6efe6a17580e4b3f815ff95ebd4f',
	['Authorisation', 'Person'],
);