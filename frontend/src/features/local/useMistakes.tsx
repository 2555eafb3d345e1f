import { useId, useState, type ReactNode } from 'react';
import { ErrorSummary } from '@/components/ErrorSummary';
import { useErrorTitle } from '@/components/PageTitle';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';

/** What must be mended in a field. */
export type Mistake<Field extends string> = { field: Field; text: string };

/** What must be mended in a form of the accounts: all of it at once, above the form, at each field and in the name of the tab. */
export function useMistakes<Field extends string>(): {
	/** Shows these after an attempt, and moves the focus to the list of them; none after one that went well. */
	show: (mistakes: readonly Mistake<Field>[]) => void;
	/** Id and mistake of a field. */
	of: (field: Field) => { id: string; problem: string | undefined };
	summary: ReactNode;
} {
	const t = useTexts(local).fields;
	const form = useId();
	const [{ attempts, mistakes }, setState] = useState<{
		attempts: number;
		mistakes: readonly Mistake<Field>[];
	}>({
		attempts: 0,
		mistakes: [],
	});
	useErrorTitle(mistakes.length > 0);
	const idOf = (field: Field) => `${form}-${field}`;
	return {
		show: (found) => setState((last) => ({ attempts: last.attempts + 1, mistakes: found })),
		of: (field) => ({ id: idOf(field), problem: mistakes.find((each) => each.field === field)?.text }),
		summary: (
			<ErrorSummary
				key={attempts}
				title={t.mend}
				items={mistakes.map(({ field, text }) => ({ target: idOf(field), text }))}
			/>
		),
	};
}
