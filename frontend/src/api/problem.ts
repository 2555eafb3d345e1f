import type { CombinedError } from 'urql';
import type { Language } from '@/i18n';

/** What the server says is wrong with what was sent, in the language in use; nothing where it says no such thing. */
export function problemIn(error: CombinedError | undefined, language: Language): string | undefined {
	const said = error?.graphQLErrors.find(({ extensions }) => extensions.code === 'INVALID');
	return (said?.extensions.text as Record<Language, string> | undefined)?.[language];
}
