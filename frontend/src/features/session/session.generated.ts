/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string, role: Types.Role, functions: Array<Types.Function>, organisation: { id: string, name: string, cvr: string | null, registeredFacts: unknown } | null, unit: { id: string, name: WordsFragment } | null } | null };

export const MeDocument = /*#__PURE__*/ operation<MeQuery, MeQueryVariables>(
	'query',
	'sha256:c2230cfca2111c3ae7a9624599a556116e0b7a6ef439975dfa1951d2efc279f8',
	['Organisation', 'Viewer'],
);