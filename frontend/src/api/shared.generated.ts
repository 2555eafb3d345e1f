/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../gql/schema';

export type WordsFragment = { da: string, en: string };

export type UnitCardFragment = { id: string, kind: Types.UnitKind, phone: string | null, email: string | null, url: string | null, name: WordsFragment };

export type WhyFragment = { cite: string, facts: Array<string>, text: WordsFragment };

export type DutyFragment = { regime: string, stage: string, recipientIds: Array<string>, provisional: boolean, status: Types.ObligationStatus, target: string | null, due: string | null, filedAt: string | null, cite: string, filedElsewhere: boolean, regimeName: WordsFragment, stageName: WordsFragment, recipients: Array<{ id: string, name: WordsFragment }>, filedWith: { id: string, url: string | null, name: WordsFragment } | null };

export type RecipientFragment = { role: string, part: Types.Part, unit: UnitCardFragment, because: WhyFragment };

export type LevelFragment = { level: number, name: WordsFragment, because: Array<WhyFragment> };

export type HeldFragment = { level: number, name: WordsFragment, confirmation: ConfirmedFragment | null };

export type ConfirmedFragment = { level: number, proposedLevel: number, outdated: boolean, at: string, name: WordsFragment, proposedName: WordsFragment, unit: { id: string, name: WordsFragment } | null };

export type StepsFragment = { playbook: string, version: number, title: WordsFragment, steps: Array<{ id: string, phase: string, urgency: number, dont: boolean, regime: string | null, confidence: string, phaseName: WordsFragment, who: WordsFragment, when: WordsFragment, spans: { da: Array<{ text: string, href: string | null }>, en: Array<{ text: string, href: string | null }> }, sources: Array<{ name: string, url: string | null }> }> };
