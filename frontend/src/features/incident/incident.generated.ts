/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment, UnitCardFragment, HeldFragment, DutyFragment, StepsFragment, RecipientFragment } from '../../api/shared.generated';
import { operation } from '@/api/operation';
export type AnswerGivenFragment = { unknown: boolean, fact: { id: string, group: string, groupLabel: WordsFragment, label: WordsFragment }, display: WordsFragment };

export type EntryFragment = { id: string, at: string, kind: string, by: string, text: WordsFragment };

export type OtherCaseFragment = { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, unit: UnitCardFragment };

export type IncidentPageQueryVariables = Exact<{
  id: string;
}>;


export type IncidentPageQuery = { incident: { id: string, number: string, receivedAt: string, organisation: { id: string, name: string }, severity: HeldFragment, facts: Array<AnswerGivenFragment>, obligations: Array<DutyFragment>, cases: Array<OtherCaseFragment>, guidance: Array<StepsFragment>, timeline: Array<EntryFragment>, receipt: { number: string, recipients: Array<RecipientFragment> } | null, receipts: Array<{ id: string, receivedAt: string }> } | null };

export type ReceiptPageQueryVariables = Exact<{
  id: string;
}>;


export type ReceiptPageQuery = { incident: { id: string, number: string, organisation: { id: string, name: string, cvr: string | null }, obligations: Array<DutyFragment>, guidance: Array<StepsFragment>, receipts: Array<{ id: string, number: string, receivedAt: string, filedBy: string, factsSha256: string, recipients: Array<RecipientFragment>, met: Array<DutyFragment>, next: DutyFragment | null }> } | null };

export type MyIncidentsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyIncidentsQuery = { incidents: { totalCount: number, nodes: Array<{ id: string, number: string, receivedAt: string, severity: HeldFragment, obligations: Array<DutyFragment> }> } };

export const IncidentPageDocument = /*#__PURE__*/ operation<IncidentPageQuery, IncidentPageQueryVariables>(
	'query',
	'sha256:540a68f2d88064b10bd17ce7d0b78db04b2a225eff8d0a4c6b190560a7058e14',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'Receipt', 'TimelineEntry'],
);

export const ReceiptPageDocument = /*#__PURE__*/ operation<ReceiptPageQuery, ReceiptPageQueryVariables>(
	'query',
	'sha256:4e94794bd1c72097ffdccaf03abb841c1e5170f74ca88f43cdd824a261d03e08',
	['GuidanceStep', 'Incident', 'Organisation', 'Receipt'],
);

export const MyIncidentsDocument = /*#__PURE__*/ operation<MyIncidentsQuery, MyIncidentsQueryVariables>(
	'query',
	'sha256:19bf8138feaf3cdb448fd0a80d84aaf6ced687694b76a9d7944f66b026a9ab8c',
	['Incident'],
);