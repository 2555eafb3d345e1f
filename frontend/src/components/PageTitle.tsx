import { useEffect, useRef } from 'react';
import { useSpeech } from '@/i18n';

let arrived = false;

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
