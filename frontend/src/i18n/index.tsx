import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { WordsFragment } from '@/api/shared.generated';
import type { Messages } from './da';

/** The languages everything is written in. */
export type Language = 'da' | 'en';

const catalogues: Record<Language, () => Promise<Messages>> = {
	da: () => import('./da').then((module) => module.da),
	en: () => import('./en').then((module) => module.en),
};

/** Loads the texts of a language; each is its own chunk. */
export const loadMessages = (language: Language): Promise<Messages> => catalogues[language]();

/** The language that the server wrote into the page from the `lang` cookie. */
export const pageLanguage = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'da');

type Speech = {
	language: Language;
	/** The interface's own texts. */
	m: Messages;
	/** Picks the language of a text that came from the API. */
	say: (text: WordsFragment) => string;
	/** Changes the language of what is on the screen; address and everything typed stay. */
	speak: (language: Language) => void;
};

const SpeechContext = createContext<Speech | null>(null);

/** Gives the pages below it a language. */
export function SpeechProvider(props: { language: Language; messages: Messages; children: ReactNode }) {
	const [spoken, setSpoken] = useState({ language: props.language, m: props.messages });
	const speak = useCallback((language: Language) => {
		void loadMessages(language).then((m) => {
			document.documentElement.lang = language;
			document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`;
			setSpoken({ language, m });
		});
	}, []);
	const speech = useMemo<Speech>(
		() => ({ ...spoken, speak, say: (text) => text[spoken.language] }),
		[spoken, speak],
	);
	return <SpeechContext value={speech}>{props.children}</SpeechContext>;
}

/** The language in use, its texts and the switch. */
export function useSpeech(): Speech {
	const speech = use(SpeechContext);
	if (!speech) throw new Error('useSpeech outside of SpeechProvider');
	return speech;
}

/** Texts of a part of the pages, in the language in use. */
export function useTexts<Texts>(part: Record<Language, Texts>): Texts {
	return part[useSpeech().language];
}
