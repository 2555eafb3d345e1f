import { Alert } from '@/components/Alert';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';

/** No answer came to a proposal: it may have been made nevertheless, as an answer can be lost on its way. */
export function NotKnown() {
	const t = useTexts(rules);
	return (
		<Alert kind="error" title={t.notProposed} live>
			<p>{t.notProposedText}</p>
		</Alert>
	);
}
