/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../gql/schema';

import type { WordsFragment } from '../../api/shared.generated';
import type { Proposed_ChangeProposed_Fragment, Proposed_ChangeRefused_Fragment } from '../access/access.generated';
import { operation } from '@/api/operation';
export type RetentionQueryVariables = Exact<{ [key: string]: never; }>;


export type RetentionQuery = { retention: { nextRunAt: string | null, lines: Array<{ kind: Types.RetentionKind, period: number, unit: Types.PeriodUnit, holdable: boolean, due: number, overdue: number, holds: WordsFragment, basis: WordsFragment, countedFrom: WordsFragment }>, held: Array<{ number: string, reason: string, until: string, proposedBy: string, approvedBy: string | null, changeId: string }>, keptUses: Array<{ personId: string, personName: string, from: string, to: string, reason: string, until: string, proposedBy: string | null, approvedBy: string | null, changeId: string }>, runs: Array<{ beganAt: string, held: number, overdue: number, erased: Array<{ kind: Types.RetentionKind, count: number }> }> } };

export type ProposeHoldMutationVariables = Exact<{
  input: Types.ProposeHoldInput;
}>;


export type ProposeHoldMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type ProposeLiftMutationVariables = Exact<{
  input: Types.ProposeLiftInput;
}>;


export type ProposeLiftMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type ProposeErasureMutationVariables = Exact<{
  input: Types.ProposeErasureInput;
}>;


export type ProposeErasureMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type KeptPersonQueryVariables = Exact<{
  id: string;
}>;


export type KeptPersonQuery = { person: { id: string, name: string, email: string | null, home: WordsFragment | null } | null };

export type ProposeKeepingUsesMutationVariables = Exact<{
  input: Types.ProposeKeepingUsesInput;
}>;


export type ProposeKeepingUsesMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export type ProposeReleasingUsesMutationVariables = Exact<{
  input: Types.ProposeReleasingUsesInput;
}>;


export type ProposeReleasingUsesMutation = { answer:
    | Proposed_ChangeProposed_Fragment
    | Proposed_ChangeRefused_Fragment
   };

export const RetentionDocument = /*#__PURE__*/ operation<RetentionQuery, RetentionQueryVariables>(
	'query',
	'sha256:6d15f571f286b5fb75fe948c9d3315a997fa731129d6560b30bfa6e189fbb151',
	[],
);

export const ProposeHoldDocument = /*#__PURE__*/ operation<ProposeHoldMutation, ProposeHoldMutationVariables>(
	'mutation',
	'sha256:f2e19b0ad8dcbed12a5e7ad8ccb47c74257c59af5f559895b5c422a972a36f27',
	['Change'],
);

export const ProposeLiftDocument = /*#__PURE__*/ operation<ProposeLiftMutation, ProposeLiftMutationVariables>(
	'mutation',
	'sha256:b34399b29fc31bfcc57c4bb05ea970bc108a98dc6fff58717e4cc03dbcdc3763',
	['Change'],
);

export const ProposeErasureDocument = /*#__PURE__*/ operation<ProposeErasureMutation, ProposeErasureMutationVariables>(
	'mutation',
	'sha256:c7a93b7977c0e48c40c9a0157fe522686e2bfcbaf3057e73413bc3b8769f093d',
	['Change'],
);

export const KeptPersonDocument = /*#__PURE__*/ operation<KeptPersonQuery, KeptPersonQueryVariables>(
	'query',
	'sha256:62b519817939f42b83ddbad5fa981960ee60bb49c3c48bfbf134328ad5f80983',
	['Person'],
);

export const ProposeKeepingUsesDocument = /*#__PURE__*/ operation<ProposeKeepingUsesMutation, ProposeKeepingUsesMutationVariables>(
	'mutation',
	'sha256:e430ecb451d329d30587ef81a4932c845aec38e33c1f14adc9a54877215f4d03',
	['Change'],
);

export const ProposeReleasingUsesDocument = /*#__PURE__*/ operation<ProposeReleasingUsesMutation, ProposeReleasingUsesMutationVariables>(
	'mutation',
	'sha256:9f89750cc40ec9018ed1d880f098c25d4f0b1c18e371353f04a0d201a1221b5b',
	['Change'],
);