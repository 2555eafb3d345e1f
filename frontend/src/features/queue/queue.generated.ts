/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { DutyFragment, WordsFragment, HeldFragment, UnitCardFragment, StepsFragment } from '../../api/shared.generated';
import type { SeverityWholeFragment } from '../severity/severity.generated';
import type { AnswerGivenFragment, OtherCaseFragment, EntryFragment } from '../incident/incident.generated';
import { operation } from '@/api/operation';
export type QueueRowFragment = { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, updatedAt: string, version: number, nextDue: DutyFragment | null, incident: { id: string, number: string, receivedAt: string, organisation: { id: string, name: string }, severity: HeldFragment } };

export type QueueQueryVariables = Exact<{
  unit: string;
  filter?: Types.CaseFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type QueueQuery = { cases: { totalCount: number, nodes: Array<QueueRowFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CaseChangedSubscriptionVariables = Exact<{
  unit: string;
}>;


export type CaseChangedSubscription = { caseChanged: { sequence: string, kind: Types.CaseChangeKind, case: QueueRowFragment } };

export type CasePageQueryVariables = Exact<{
  id: string;
}>;


export type CasePageQuery = { case: { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, updatedAt: string, unit: UnitCardFragment, incident: { id: string, number: string, packVersion: string, reassessable: boolean, receivedAt: string, requestable: Array<{ regime: string, stage: string, regimeName: WordsFragment, stageName: WordsFragment }>, organisation: { id: string, name: string, cvr: string | null }, severity: SeverityWholeFragment, facts: Array<AnswerGivenFragment>, obligations: Array<DutyFragment>, cases: Array<OtherCaseFragment>, guidance: Array<StepsFragment>, timeline: Array<EntryFragment> } } | null };

export const QueueDocument = /*#__PURE__*/ operation<QueueQuery, QueueQueryVariables>(
	'query',
	'sha256:ce1fb9a013783f6a879a8c79195c317d5eb94f60c786e2311770f63523ec22cd',
	['Case', 'Incident', 'Organisation'],
);

export const CaseChangedDocument = /*#__PURE__*/ operation<CaseChangedSubscription, CaseChangedSubscriptionVariables>(
	'subscription',
	'sha256:3b6b5d9f93113bc12eaeb1b9c785c3b44917a577e6f7e86fcab295b8f8ad36fb',
	['Case', 'Incident', 'Organisation'],
);

export const CasePageDocument = /*#__PURE__*/ operation<CasePageQuery, CasePageQueryVariables>(
	'query',
	'sha256:a25f7a23934b80118674d94d30b3e8348e6485c8ec072eec33ec239638e91fcb',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);