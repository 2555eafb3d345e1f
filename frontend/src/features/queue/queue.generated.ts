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


export type CasePageQuery = { case: { id: string, part: Types.Part, status: Types.CaseStatus, openedAt: string, updatedAt: string, unit: UnitCardFragment, incident: { id: string, number: string, packVersion: string, reassessable: boolean, receivedAt: string, organisation: { id: string, name: string, cvr: string | null }, severity: LevelFragment, facts: Array<AnswerGivenFragment>, obligations: Array<DutyFragment>, cases: Array<OtherCaseFragment>, guidance: Array<StepsFragment>, timeline: Array<EntryFragment> } } | null };

export const QueueDocument = /*#__PURE__*/ operation<QueueQuery, QueueQueryVariables>(
	'query',
	'sha256:2077265ed82ffb6fdd4ca1ac85a3a11f5c53d91d5a58311fb221c6e311d7a924',
	['Case', 'Incident', 'Organisation'],
);

export const CaseChangedDocument = /*#__PURE__*/ operation<CaseChangedSubscription, CaseChangedSubscriptionVariables>(
	'subscription',
	'sha256:21a0acfbb3a2c120fc1ba5d1f0a02dde4e1aec4bfb71c4bdbc834af4d28aee12',
	['Case', 'Incident', 'Organisation'],
);

export const CasePageDocument = /*#__PURE__*/ operation<CasePageQuery, CasePageQueryVariables>(
	'query',
	'sha256:1d7957b42a4da0adcc0180c727d013e1f28af57455e9884906802f1fd1de74f1',
	['Case', 'GuidanceStep', 'Incident', 'Organisation', 'TimelineEntry'],
);