import { useEffect, useRef } from 'react';
import { useSpeech } from '@/i18n';

let arrived = false;

/** Puts "Error:" before the name of the tab while a form below the page's title must be mended. */
export function useErrorTitle(wrong: boolean): void {
	const { m } = useSpeech();
	useEffect(() => {
		const mark = m.common.errorTitle;
		// Another form of the page may have put it there.
		if (!wrong || document.title.startsWith(mark)) return;
		document.title = mark + document.title;
		return () => {
			if (document.title.startsWith(mark)) document.title = document.title.slice(mark.length);
		};
	}, [wrong, m]);
}

/** The page's `h1`. Names the tab, and takes the focus after a navigation, so that screen readers announce the page. */
export function PageTitle({ children, error = false }: { children: string; error?: boolean }) {
	const { m } = useSpeech();
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		document.title = `${error ? m.common.errorTitle : ''}${children} – ${m.product}`;
	}, [children, error, m]);
	useEffect(() => {
		// On the first page of a visit the browser's own start at the top is right.
		if (arrived) heading.current?.focus();
		arrived = true;
	}, []);
	return (
		<h1 className="page-title" tabIndex={-1} ref={heading}>
			{children}
		</h1>
	);
}
