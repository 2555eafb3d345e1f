import { isReason } from './ReasonField';
import type { Mistake } from './useProposalForm';

/** What is typed into a form that proposes something for one organisation, or for all. */
export type TypedWhose = { whose: 'one' | 'all' | null; cvr: string; reason: string; sure: boolean };

/** What can be proposed; for all organisations, `cvr` is null. */
export type Whose = { cvr: string | null; reason: string };

/** The fields of the form. */
export type WhoseField = keyof TypedWhose;

/** What the form calls its fields and mistakes. */
export type WhoseWords = {
	fix: string;
	whose: string;
	one: string;
	all: string;
	whoseMissing: string;
	cvr: string;
	cvrHint: string;
	cvrWrong: string;
	unknownOrganisation: string;
	reason: string;
	reasonHint: string;
	reasonLength: (p: { n: number }) => string;
	send: string;
	sending: string;
	/** What must be ticked, where anything must. */
	sure?: { one: string; all: string; missing: string };
};

const lengthOf = (text: string) => [...text.trim()].length;

/** What must be mended, by the field; or what can be proposed, when nothing must. */
export function readWhose(
	typed: TypedWhose,
	t: WhoseWords,
): { mistakes: Mistake<WhoseField>[]; whose: Whose | null } {
	const mistakes: Mistake<WhoseField>[] = [];
	const add = (field: WhoseField, text: string) => mistakes.push({ field, text });
	const cvr = typed.cvr.replace(/\s/g, '');
	if (!typed.whose) add('whose', t.whoseMissing);
	if (typed.whose === 'one' && !/^\d{8}$/.test(cvr)) add('cvr', t.cvrWrong);
	if (!isReason(typed.reason)) add('reason', t.reasonLength({ n: lengthOf(typed.reason) }));
	if (t.sure && typed.whose && !typed.sure) add('sure', t.sure.missing);
	if (mistakes.length > 0) return { mistakes, whose: null };
	return { mistakes, whose: { cvr: typed.whose === 'one' ? cvr : null, reason: typed.reason.trim() } };
}

/** A refusal of the server as a mistake in a field; null where it is about none. */
export function mistakeOfWhose(code: string, typed: TypedWhose, t: WhoseWords): Mistake<WhoseField> | null {
	if (code === 'UNKNOWN_ORGANISATION') return { field: 'cvr', text: t.unknownOrganisation };
	if (code !== 'REASON_LENGTH') return null;
	return { field: 'reason', text: t.reasonLength({ n: lengthOf(typed.reason) }) };
}
