/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { UnitCardFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type PhoneLinesQueryVariables = Exact<{ [key: string]: never; }>;


export type PhoneLinesQuery = { pack: { id: string, units: Array<UnitCardFragment> } };

export const PhoneLinesDocument = /*#__PURE__*/ operation<PhoneLinesQuery, PhoneLinesQueryVariables>(
	'query',
	'sha256:76a69c388f31c46454eacbee8a922d190f15d9f3bcf65a4bb053b8bc00f95f13',
	['Pack'],
);