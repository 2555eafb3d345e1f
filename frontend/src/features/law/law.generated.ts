/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment, UnitCardFragment } from '../../api/shared.generated';
import type { CatalogueFactFragment } from '../report/report.generated';
import { operation } from '@/api/operation';
export type VersionHeadFragment = { version: string, status: Types.PackStatus, receivedAt: string, inForceFrom: string | null, name: WordsFragment };

export type VersionsQueryVariables = Exact<{ [key: string]: never; }>;


export type VersionsQuery = { packVersions: Array<VersionHeadFragment> };

export type LawContentsQueryVariables = Exact<{
  version: string;
}>;


export type LawContentsQuery = { packVersion: (
    { contentSha256: string, content: { id: string, regimes: Array<{ id: string, name: WordsFragment, stages: Array<{ id: string, name: WordsFragment }> }>, sectors: Array<{ id: string, name: WordsFragment, subsectors: Array<{ id: string, name: WordsFragment }> }>, units: Array<{ id: string, name: WordsFragment }>, playbooks: Array<{ id: string, title: WordsFragment }> } }
    & VersionHeadFragment
  ) | null };

export type RegimeHeadFragment = { id: string, confidence: string, name: WordsFragment, legalBasis: Array<{ cite: string, url: string | null }> };

export type LawStageFragment = { id: string, recipients: Array<string>, cite: string, confidence: string, name: WordsFragment, clock: WordsFragment };

export type LawRegimesQueryVariables = Exact<{
  version: string;
}>;


export type LawRegimesQuery = { packVersion: (
    { content: { id: string, regimes: Array<(
        { stages: Array<{ id: string, name: WordsFragment }> }
        & RegimeHeadFragment
      )> } }
    & VersionHeadFragment
  ) | null };

export type LawRegimeQueryVariables = Exact<{
  version: string;
  id: string;
}>;


export type LawRegimeQuery = { packVersion: (
    { content: { id: string, units: Array<{ id: string, name: WordsFragment }>, regimes: Array<(
        { explanation: WordsFragment, stages: Array<LawStageFragment> }
        & RegimeHeadFragment
      )> } }
    & VersionHeadFragment
  ) | null };

export type LawClocksQueryVariables = Exact<{
  version: string;
}>;


export type LawClocksQuery = { packVersion: (
    { content: { id: string, units: Array<{ id: string, name: WordsFragment }>, regimes: Array<{ id: string, name: WordsFragment, stages: Array<LawStageFragment> }> } }
    & VersionHeadFragment
  ) | null };

export type LawSectorsQueryVariables = Exact<{
  version: string;
}>;


export type LawSectorsQuery = { packVersion: (
    { content: { id: string, regimes: Array<{ id: string, name: WordsFragment }>, sectors: Array<{ id: string, name: WordsFragment, subsectors: Array<{ id: string, regimes: Array<string>, confidence: string | null, name: WordsFragment, unit: { id: string, name: WordsFragment } | null, authority: Array<{ id: string, name: WordsFragment }>, sources: Array<{ name: string, url: string | null }> }> }> } }
    & VersionHeadFragment
  ) | null };

export type LawRoutesQueryVariables = Exact<{
  version: string;
}>;


export type LawRoutesQuery = { packVersion: (
    { content: { id: string, routes: Array<{ cite: string | null, confidence: string | null, role: WordsFragment, basis: WordsFragment, units: Array<{ id: string, name: WordsFragment }> }> } }
    & VersionHeadFragment
  ) | null };

export type LawUnitsQueryVariables = Exact<{
  version: string;
}>;


export type LawUnitsQuery = { packVersion: (
    { content: { id: string, units: Array<(
        { confidence: string | null, hours: WordsFragment | null, sources: Array<{ name: string, url: string | null }> }
        & UnitCardFragment
      )> } }
    & VersionHeadFragment
  ) | null };

export type LawPlaybooksQueryVariables = Exact<{
  version: string;
}>;


export type LawPlaybooksQuery = { packVersion: (
    { content: { id: string, playbooks: Array<{ id: string, version: number, title: WordsFragment, steps: Array<{ id: string }> }> } }
    & VersionHeadFragment
  ) | null };

export type LawPlaybookQueryVariables = Exact<{
  version: string;
}>;


export type LawPlaybookQuery = { packVersion: (
    { content: { id: string, regimes: Array<{ id: string, name: WordsFragment }>, playbooks: Array<{ id: string, version: number, title: WordsFragment, askFirst: Array<WordsFragment>, worseIf: Array<WordsFragment>, steps: Array<{ id: string, phase: string, dont: boolean, regime: string | null, confidence: string, phaseName: WordsFragment, who: WordsFragment, when: WordsFragment, sources: Array<{ name: string, url: string | null }>, html: WordsFragment }> }> } }
    & VersionHeadFragment
  ) | null };

export type TryCatalogueQueryVariables = Exact<{
  version: string;
}>;


export type TryCatalogueQuery = { packVersion: (
    { content: { id: string, facts: Array<CatalogueFactFragment> } }
    & VersionHeadFragment
  ) | null };

export const VersionsDocument = /*#__PURE__*/ operation<VersionsQuery, VersionsQueryVariables>(
	'query',
	'sha256:5c540d7ff419c81ecaf2c37065b5f942a75ba4ce3545fd23b756021aa4e06a58',
	[],
);

export const LawContentsDocument = /*#__PURE__*/ operation<LawContentsQuery, LawContentsQueryVariables>(
	'query',
	'sha256:b852290c845b38743f189b385d8bebc2e1dc571f1da6a8e4b9411059ceffd576',
	['Pack', 'Playbook', 'Regime', 'Sector', 'Stage', 'Subsector'],
);

export const LawRegimesDocument = /*#__PURE__*/ operation<LawRegimesQuery, LawRegimesQueryVariables>(
	'query',
	'sha256:e1adc19c10a378ed2dd514ec92f88b9f7a0cb2026d66799f2477a17fd99ecbc9',
	['Pack', 'Regime', 'Stage'],
);

export const LawRegimeDocument = /*#__PURE__*/ operation<LawRegimeQuery, LawRegimeQueryVariables>(
	'query',
	'sha256:242e58f4371aa3c8baa540fa06c221a05bdca56bc511f79f96dfcc99e499de25',
	['Pack', 'Regime', 'Stage'],
);

export const LawClocksDocument = /*#__PURE__*/ operation<LawClocksQuery, LawClocksQueryVariables>(
	'query',
	'sha256:cc21cdb7c8748a3930da7b69a8e3966fc47d426b88e9dda67a023a8eadb169b2',
	['Pack', 'Regime', 'Stage'],
);

export const LawSectorsDocument = /*#__PURE__*/ operation<LawSectorsQuery, LawSectorsQueryVariables>(
	'query',
	'sha256:8c144d5dd468645005dad7a0df8c28dec24c49bc66a74b026ab11f837e526c09',
	['Pack', 'Regime', 'Sector', 'Subsector'],
);

export const LawRoutesDocument = /*#__PURE__*/ operation<LawRoutesQuery, LawRoutesQueryVariables>(
	'query',
	'sha256:993e7b15cdba4f867f6b88baa7588c0293a043e501dbeb0f5d428da8721a65ad',
	['Pack'],
);

export const LawUnitsDocument = /*#__PURE__*/ operation<LawUnitsQuery, LawUnitsQueryVariables>(
	'query',
	'sha256:0536c4f6c35da1b5b4b6d6fb644bc72fdcfb8206e6a3137c84117e88176653b7',
	['Pack'],
);

export const LawPlaybooksDocument = /*#__PURE__*/ operation<LawPlaybooksQuery, LawPlaybooksQueryVariables>(
	'query',
	'sha256:a4b473e7641c8a409b39b2df5d82fe03c56dbf438b7af481f572379fcb5c779e',
	['GuidanceStep', 'Pack', 'Playbook'],
);

export const LawPlaybookDocument = /*#__PURE__*/ operation<LawPlaybookQuery, LawPlaybookQueryVariables>(
	'query',
	'sha256:272a1ebb3d775956cb0540da146d0dd68a93f3f02c418a2159e42f6dd9c28a27',
	['GuidanceStep', 'Pack', 'Playbook', 'Regime'],
);

export const TryCatalogueDocument = /*#__PURE__*/ operation<TryCatalogueQuery, TryCatalogueQueryVariables>(
	'query',
	'sha256:e6e596ca1ec234d1204609181a21e269ed34b9b4b71d412285e3a1d9138bbcde',
	['FactOption', 'Pack'],
);