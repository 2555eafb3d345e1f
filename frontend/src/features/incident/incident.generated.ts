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
	'sha256:2e1b8294df84b905b1f6a1a81f8e162ed61be81844ac5fc3c1d95e1558cda1bb',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);

export const ReceiptPageDocument = /*#__PURE__*/ operation<ReceiptPageQuery, ReceiptPageQueryVariables>(
	'query',
	'sha256:d0d6eedbdfe036a2a05af9d3701d97b116ec24192e705f3a58f4e02e36639762',
	['GuidanceStep', 'Incident'],
);

export const MyIncidentsDocument = /*#__PURE__*/ operation<MyIncidentsQuery, MyIncidentsQueryVariables>(
	'query',
	'sha256:1c23fd45320ebb672f9dd9dfff5ebabfb3da244d66d6a256343ecb5ac2f077db',
	['Incident'],
);