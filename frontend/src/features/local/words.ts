import { useSpeech, useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import type { Problem } from './api';

/** Puts a problem into the words of the language in use: the server's where it has some. */
export function useWords(): (problem: Problem) => string {
	const { language } = useSpeech();
	const t = useTexts(local).problems;
	const known: Record<string, string> = {
		NETWORK: t.network,
		NO_PASSKEYS: t.noPasskeys,
		CANCELLED: t.cancelled,
		NOT_FOUND: t.notFound,
		SIGN_IN_REQUIRED: t.signedOut,
		STEP_UP_REQUIRED: t.stepUp,
	};
	return ({ code, message }) => message?.[language] ?? known[code] ?? t.other;
}
