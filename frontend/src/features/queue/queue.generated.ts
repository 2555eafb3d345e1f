/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { DutyFragment, WordsFragment, UnitCardFragment, LevelFragment, StepsFragment } from '../../api/shared.generated';
import type { AnswerGivenFragment, OtherCaseFragment, EntryFragment } from '../incident/incident.generated';
import { operation } from '@/api/operation';
export type QueueRowFragment = { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, updatedAt: string, version: number, nextDue: DutyFragment | null, incident: { id: string, number: string, receivedAt: string, organisation: { id: string, name: string }, severity: { level: number, name: WordsFragment } } };

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


export type CasePageQuery = { case: { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, updatedAt: string, unit: UnitCardFragment, incident: { id: string, number: string, packVersion: string, reassessable: boolean, receivedAt: string, requestable: Array<{ regime: string, stage: string, regimeName: WordsFragment, stageName: WordsFragment }>, organisation: { id: string, name: string, cvr: string | null }, severity: LevelFragment, facts: Array<AnswerGivenFragment>, obligations: Array<DutyFragment>, cases: Array<OtherCaseFragment>, guidance: Array<StepsFragment>, timeline: Array<EntryFragment> } } | null };

export const QueueDocument = /*#__PURE__*/ operation<QueueQuery, QueueQueryVariables>(
	'query',
	'sha256:a964556a3144321e00c12a4c8febe3063cd58671daadc9965d773fd3cb8e4f1c',
	['Case', 'Incident', 'Organisation'],
);

export const CaseChangedDocument = /*#__PURE__*/ operation<CaseChangedSubscription, CaseChangedSubscriptionVariables>(
	'subscription',
	'sha256:e97aa9d0d76ed48650f1a7656a11a1e280d5efe9a01de86679f743e2e701855b',
	['Case', 'Incident', 'Organisation'],
);

export const CasePageDocument = /*#__PURE__*/ operation<CasePageQuery, CasePageQueryVariables>(
	'query',
	'sha256:cdc62055c2439767efbc1d1e595ca69f4e6dc8cac76e4b300cd8be2603feb33a',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);