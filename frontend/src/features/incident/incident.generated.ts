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
	'sha256:b7f782453f85e2a856445082115f72ec42759e3cc9099a798bd5699a035f2ff2',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);

export const ReceiptPageDocument = /*#__PURE__*/ operation<ReceiptPageQuery, ReceiptPageQueryVariables>(
	'query',
	'sha256:4b9be03d963b7f7d78a8e1a4bdb9ff83d9763b90855bd7827091e727fc1bd4e3',
	['GuidanceStep', 'Incident'],
);

export const MyIncidentsDocument = /*#__PURE__*/ operation<MyIncidentsQuery, MyIncidentsQueryVariables>(
	'query',
	'sha256:184475b4c916dac0a511f158fd035fa655e9321f8b72555ae809e098e0b7e17d',
	['Incident'],
);