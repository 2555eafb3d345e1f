import type { ReactNode } from 'react';

/** More, for those who want it. The browser's own element: works with keyboard, search in page and print. */
export function Disclosure(props: { summary: string; children: ReactNode; open?: boolean }) {
	return (
		<details className="disclosure" {...(props.open ? { open: true } : {})}>
			<summary>{props.summary}</summary>
			<div className="disclosure-body">{props.children}</div>
		</details>
	);
}
