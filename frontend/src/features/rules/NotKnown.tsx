import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';

/** No answer came to a proposal: it may have been made nevertheless, as an answer can be lost on its way. */
export function NotKnown({ error }: Unanswered) {
	const t = useTexts(rules);
	return (
		<NotDone error={error} otherwise={t.notProposed}>
			<p>{t.notProposedText}</p>
		</NotDone>
	);
}
