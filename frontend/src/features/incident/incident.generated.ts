/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment, UnitCardFragment, LevelFragment, DutyFragment, StepsFragment, RecipientFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type AnswerGivenFragment = { unknown: boolean, fact: { id: string, group: string, groupLabel: WordsFragment, label: WordsFragment }, display: WordsFragment };

export type EntryFragment = { id: string, at: string, kind: string, by: string, text: WordsFragment };

export type OtherCaseFragment = { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, unit: UnitCardFragment };

export type IncidentPageQueryVariables = Exact<{
  id: string;
}>;


export type IncidentPageQuery = { incident: { id: string, number: string, receivedAt: string, organisation: { id: string, name: string }, severity: LevelFragment, facts: Array<AnswerGivenFragment>, obligations: Array<DutyFragment>, cases: Array<OtherCaseFragment>, guidance: Array<StepsFragment>, timeline: Array<EntryFragment>, receipt: { number: string, recipients: Array<RecipientFragment> } | null } | null };

export type ReceiptPageQueryVariables = Exact<{
  id: string;
}>;


export type ReceiptPageQuery = { incident: { id: string, number: string, obligations: Array<DutyFragment>, guidance: Array<StepsFragment>, receipt: { number: string, receivedAt: string, filedBy: string, factsSha256: string, recipients: Array<RecipientFragment>, met: Array<DutyFragment>, next: DutyFragment | null } | null } | null };

export type MyIncidentsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyIncidentsQuery = { incidents: { totalCount: number, nodes: Array<{ id: string, number: string, receivedAt: string, severity: { level: number, name: WordsFragment }, obligations: Array<DutyFragment> }> } };

export const IncidentPageDocument = /*#__PURE__*/ operation<IncidentPageQuery, IncidentPageQueryVariables>(
	'query',
	'sha256:a78183260a0a7cb0d4c1c06c6c73c96de3c14bf2d8e5ff767a159533f3c51329',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);

export const ReceiptPageDocument = /*#__PURE__*/ operation<ReceiptPageQuery, ReceiptPageQueryVariables>(
	'query',
	'sha256:0ab6744ddc2da94145f289ad1e0dc35e038148f847d19af20d6eae0f6df28541',
	['GuidanceStep', 'Incident'],
);

export const MyIncidentsDocument = /*#__PURE__*/ operation<MyIncidentsQuery, MyIncidentsQueryVariables>(
	'query',
	'sha256:1ce23775f4bdc1156f06f5ca55d0460dcd8dd5f8f7eeb9d404b39bb2c54fe164',
	['Incident'],
);