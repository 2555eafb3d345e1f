import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { brief } from '@/i18n/format';
import type { HeldRightFragment } from './access.generated';
import { FUNCTIONS, type FunctionName } from './draft';

/** A right in words: what it lets somebody do, how far, and for how long. */
export function useRightWords() {
	const { say, language } = useSpeech();
	const t = useTexts(access);
	const now = useNow();
	const list = new Intl.ListFormat(language, { type: 'conjunction' });
	const when = (at: string) => brief(new Date(at), language, now);
	return {
		when,
		functions: (names: readonly FunctionName[]) =>
			list.format(FUNCTIONS.filter((name) => names.includes(name)).map((name) => t.functions[name])),
		reach: ({ name }: HeldRightFragment['reach']) => say(name),
		purpose: (purpose: HeldRightFragment['purpose']) => say(purpose),
		window: ({ from, until }: Pick<HeldRightFragment, 'from' | 'until'>) =>
			until ? t.fromTo({ from: when(from), to: when(until) }) : t.fromOnly({ from: when(from) }),
	};
}
