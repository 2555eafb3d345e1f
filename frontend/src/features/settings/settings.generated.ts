/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { Proposed_ChangeProposed_Fragment, Proposed_ChangeRefused_Fragment } from '../access/access.generated';
import { operation } from '@/api/operation';
export type CriticalSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type CriticalSettingsQuery = { criticalSettings: Array<{ area: Types.SettingsArea, waits: boolean, since: string | null, change: string | null, label: WordsFragment, settings: Array<{ name: string, adopted: Array<string> | null, configured: Array<string> | null }> }> };

export type ProposeSettingsMutationVariables = Exact<{
  input: Types.ProposeSettingsInput;
}>;


export type ProposeSettingsMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export const CriticalSettingsDocument = /*#__PURE__*/ operation<CriticalSettingsQuery, CriticalSettingsQueryVariables>(
	'query',
	'sha256:d18f240e191ee92cccee9594037a40812a47a2c09f70b8ed2332a1a2b655f78f',
	[],
);

export const ProposeSettingsDocument = /*#__PURE__*/ operation<ProposeSettingsMutation, ProposeSettingsMutationVariables>(
	'mutation',
	'sha256:d8a5779b6d6623d7ac40f1bf15631072b2258aa268880b91834bb5a7a3b7d2bf',
	['Change'],
);