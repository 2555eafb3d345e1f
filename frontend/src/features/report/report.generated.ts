/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { AskedFragment, ProblemFragment, WarningFragment } from '../assessment/assessment.generated';
import { operation } from '@/api/operation';
export type CatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogueQuery = { pack: { id: string, version: string, facts: Array<CatalogueFactFragment> } };

export type CatalogueFactFragment = { id: string, type: Types.FactType, group: string, multiline: boolean, sensitivity: Types.Sensitivity, groupLabel: WordsFragment, label: WordsFragment, help: WordsFragment | null, options: Array<{ id: string, alsoCalled: Array<string>, label: WordsFragment, group: WordsFragment | null }> };

export type SubmitReportMutationVariables = Exact<{
  input: Types.SubmitReportInput;
}>;


export type SubmitReportMutation = { submitReport:
    | { __typename: 'ReportIncomplete', missing: Array<AskedFragment> }
    | { __typename: 'ReportKeyUsed', incident: { id: string, number: string } }
    | { __typename: 'ReportNeedsConfirmation', warnings: Array<WarningFragment> }
    | { __typename: 'ReportRefused', problems: Array<ProblemFragment> }
    | { __typename: 'ReportSubmitted', repeated: boolean, incident: { id: string, number: string }, receipt: { id: string } }
   };

export const CatalogueDocument = /*#__PURE__*/ operation<CatalogueQuery, CatalogueQueryVariables>(
	'query',
	'sha256:3b07dafc0e3410e256b71973c50e50f8524f65da677f9447d8deba06b3e38887',
	['FactOption', 'Pack'],
);

export const SubmitReportDocument = /*#__PURE__*/ operation<SubmitReportMutation, SubmitReportMutationVariables>(
	'mutation',
	'sha256:22a1c59ec7e3b8e8a9d2f8589b715e3ce029c49c1626dc6469627a4759adcd3f',
	['Incident', 'Receipt'],
);