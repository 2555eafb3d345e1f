import { isReason } from '@/features/rules/ReasonField';
import type { SummaryItem } from '@/components/ErrorSummary';
import type { access } from '@/i18n/access';
import { readFrom, readUntil } from './untilDay';

/** What a right lets somebody do, in the order in which it is shown. */
export const FUNCTIONS = ['READ', 'INPUT', 'DECIDE', 'ERASE', 'ADMINISTER', 'AUDIT'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Why a right is only for a time. */
export const TEMPORARIES = ['AUDITOR', 'TECHNICIAN'] as const;
export type TemporaryName = (typeof TEMPORARIES)[number];

/** A right as it is being written. */
export type GrantDraft = {
	functions: readonly FunctionName[];
	reach: string;
	purpose: string;
	from: string;
	until: string;
	temporary: TemporaryName | '';
	reason: string;
};

export const emptyGrant: GrantDraft = {
	functions: [],
	reach: '',
	purpose: '',
	from: '',
	until: '',
	temporary: '',
	reason: '',
};

/** A right that can be sent. */
export type Grant = {
	functions: FunctionName[];
	reach: string;
	purpose: string;
	/** Null: as soon as it is approved. */
	from: string | null;
	until: string | null;
	temporary: TemporaryName | null;
	reason: string;
};

type Words = typeof access.da;

/** What must be mended, by the field; or the right, when nothing must. */
export function readGrant(
	draft: GrantDraft,
	now: Date,
	t: Words,
): { mistakes: SummaryItem[]; grant: Grant | null } {
	const mistakes: SummaryItem[] = [];
	const from = draft.from.trim() ? readFrom(draft.from, now) : null;
	const until = draft.until.trim() ? readUntil(draft.until, now) : null;
	const length = (text: string) => t.length({ n: [...text.trim()].length });
	if (draft.functions.length === 0)
		mistakes.push({ target: 'function-READ', text: `${t.grantFunctions}: ${t.needFunction}` });
	if (!draft.reach) mistakes.push({ target: 'reach', text: `${t.grantReach}: ${t.needReach}` });
	if (!isReason(draft.purpose))
		mistakes.push({ target: 'purpose', text: `${t.grantPurpose}: ${length(draft.purpose)}` });
	if (draft.from.trim() && !from)
		mistakes.push({ target: 'from', text: `${t.grantFrom}: ${t.needFirstDate}` });
	if (draft.until.trim() && !until)
		mistakes.push({ target: 'until', text: `${t.grantUntil}: ${t.needDate}` });
	if (from && until && new Date(until) <= new Date(from))
		mistakes.push({ target: 'until', text: `${t.grantUntil}: ${t.needOrder}` });
	if (draft.temporary && !draft.until.trim())
		mistakes.push({ target: 'until', text: `${t.grantUntil}: ${t.needEnd}` });
	if (!isReason(draft.reason))
		mistakes.push({ target: 'grant-reason', text: `${t.reason}: ${length(draft.reason)}` });
	if (mistakes.length > 0) return { mistakes, grant: null };
	const { functions, reach, purpose, temporary, reason } = draft;
	return {
		mistakes,
		grant: {
			functions: FUNCTIONS.filter((it) => functions.includes(it)),
			reach,
			purpose: purpose.trim(),
			from,
			until,
			temporary: temporary || null,
			reason: reason.trim(),
		},
	};
}
