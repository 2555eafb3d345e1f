/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment, WhyFragment, DutyFragment, RecipientFragment, LevelFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type AssessQueryVariables = Exact<{
  facts: unknown;
  packVersion?: string | null | undefined;
}>;


export type AssessQuery = { assess: { packVersion: string, regimes: Array<{ id: string, applies: Types.Answer, triggered: Types.Answer, needToKnow: Array<string>, name: WordsFragment, because: Array<WhyFragment> }>, obligations: Array<DutyFragment>, routes: Array<RecipientFragment>, severity: LevelFragment, questions: Array<AskedFragment>, problems: Array<ProblemFragment>, warnings: Array<WarningFragment>, missing: Array<AskedFragment> } };

export type AskedFragment = { for: Array<string>, need: Types.Need, fact: { id: string } };

export type ProblemFragment = { fact: string, code: string, suggestion: string | null, message: WordsFragment };

export type WarningFragment = { fact: string, code: string, mustConfirm: boolean, message: WordsFragment };

export const AssessDocument = /*#__PURE__*/ operation<AssessQuery, AssessQueryVariables>(
	'query',
	'sha256:75958d7f8f9cbcee209d2c0509529c689ab5b20054ee40d891ae60861858853c',
	['RegimeAssessment'],
);