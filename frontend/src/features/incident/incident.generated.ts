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
	'sha256:b44979a7d3b9bf11cb4af06506d8fb4b35fcdf6f4c53b5f02d5acb308f48f854',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);

export const ReceiptPageDocument = /*#__PURE__*/ operation<ReceiptPageQuery, ReceiptPageQueryVariables>(
	'query',
	'sha256:8ddcfdcc5c7c74b234f5b7a20ec34717262a8320b8031ec909d03cbc02e1b9e5',
	['GuidanceStep', 'Incident'],
);

export const MyIncidentsDocument = /*#__PURE__*/ operation<MyIncidentsQuery, MyIncidentsQueryVariables>(
	'query',
	'sha256:5bf400fe776e125fa8ce230ff71366342ff7ca7a1795dc4b0900ef0dea44c1c3',
	['Incident'],
);