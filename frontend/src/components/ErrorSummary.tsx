import { useEffect, useRef } from 'react';

/** One thing to mend: its text is the one at the field, `target` the id of the field's first control. */
export type SummaryItem = { target: string; text: string };

/** Moves the focus to a field, and its label into view. */
export function goToField(id: string): void {
	const field = document.getElementById(id);
	field?.closest('details')?.setAttribute('open', '');
	field?.closest('.question')?.scrollIntoView({ block: 'start' });
	field?.focus({ preventScroll: true });
}

/**
 * Everything that must be mended, at the top of the page. It takes the focus when it appears, and never later: what is mended
 * goes out of it while somebody still types. Give it a new `key` with each attempt to send.
 */
export function ErrorSummary({ title, items }: { title: string; items: SummaryItem[] }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => box.current?.focus(), []);
	if (items.length === 0) return null;
	return (
		<div className="error-summary" role="alert" tabIndex={-1} ref={box}>
			<h2>{title}</h2>
			<ul>
				{items.map((item) => (
					<li key={item.target}>
						<a
							href={`#${item.target}`}
							onClick={(event) => {
								event.preventDefault();
								goToField(item.target);
							}}
						>
							{item.text}
						</a>
					</li>
				))}
			</ul>
		</div>
	);
}
