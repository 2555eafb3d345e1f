import { useId, type ReactNode, type RefObject } from 'react';

/** A dialog that opens gives the focus to what has this attribute, which React does not write: Enter alone must not say yes. */
const focusFirst = (button: HTMLElement | null) => button?.setAttribute('autofocus', '');

/** Asks once more before something is lost, or before what cannot be undone; `children` say what that is. Open it with `ref.current?.showModal()`; Escape means no. */
export function ConfirmDialog({
	ref,
	question,
	yes,
	no,
	onYes,
	children,
}: {
	ref: RefObject<HTMLDialogElement | null>;
	question: string;
	yes: string;
	no: string;
	onYes: () => void;
	children?: ReactNode;
}) {
	const title = `question-${useId()}`;
	const close = () => ref.current?.close();
	return (
		<dialog ref={ref} className="dialog" aria-labelledby={title}>
			<h2 id={title}>{question}</h2>
			{children}
			<div className="actions">
				<button
					type="button"
					className="button button-warning"
					onClick={() => {
						close();
						onYes();
					}}
				>
					{yes}
				</button>
				<button type="button" className="button button-secondary" ref={focusFirst} onClick={close}>
					{no}
				</button>
			</div>
		</dialog>
	);
}
