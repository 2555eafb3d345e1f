/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type RequestReportMutationVariables = Exact<{
  input: Types.RequestReportInput;
}>;


export type RequestReportMutation = { requestReport:
    | { __typename: 'ReportRequestRefused', field: string, message: WordsFragment }
    | { __typename: 'ReportRequested', incident: { id: string } }
   };

export const RequestReportDocument = /*#__PURE__*/ operation<RequestReportMutation, RequestReportMutationVariables>(
	'mutation',
	'sha256:d9cb60ee8e87fe64b16b54f32afdedce55aea08d63c342a5868c8f5cce442b25',
	['Incident'],
);