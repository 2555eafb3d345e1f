import { Alert } from '@/components/Alert';
import { useSpeech, useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import type { RefusalFragment } from './rules.generated';

/** Why something was not done, in the pages' own words for the code; a code they do not know has the server's. */
export function Refused({ refusal }: { refusal: RefusalFragment }) {
	const { say } = useSpeech();
	const t = useTexts(rules);
	const known = Object.entries(t.refusals).find(([code]) => code === refusal.code);
	return (
		<Alert kind="error" title={t.refusedTitle} live>
			<p>{known ? known[1] : say(refusal.message)}</p>
		</Alert>
	);
}
