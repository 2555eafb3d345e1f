import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { Alert } from '@/components/Alert';
import { isDemo, signInAs, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { account } from '@/i18n/account';
import { onSignedIn } from '@/features/account/signedIn';

/**
 * Asks the person to show again who they are, after an operation answered `STEP_UP_REQUIRED`. Signing in happens in
 * another tab, so that this page keeps all it holds; `onDone` does the operation again.
 */
export function StepUpDialog({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
	const t = useTexts(account).stepUp;
	const { viewer } = useViewer();
	const [failed, setFailed] = useState(false);
	const dialog = useRef<HTMLDialogElement>(null);
	const title = `step-up-${useId()}`;
	const done = useEffectEvent(onDone);
	useEffect(() => {
		const opened = dialog.current;
		opened?.showModal();
		return () => opened?.close();
	}, []);
	useEffect(() => onSignedIn(() => done()), []);
	const confirm = async () => {
		if (viewer && (await signInAs(viewer.id))) onDone();
		else setFailed(true);
	};
	return (
		<dialog ref={dialog} className="dialog" aria-labelledby={title} onCancel={onCancel}>
			<h2 id={title}>{t.question}</h2>
			<p>{t.text}</p>
			{failed && <Alert kind="error" title={t.failed} live />}
			<div className="actions">
				{isDemo() ? (
					<button type="button" className="button button-primary" onClick={() => void confirm()}>
						{t.confirm({ name: viewer?.name ?? '' })}
					</button>
				) : (
					<a href="/sign-in/again?next=/signed-in" target="_blank" className="button button-primary">
						{t.signIn}
					</a>
				)}
				<button type="button" className="button button-secondary" onClick={onCancel}>
					{t.cancel}
				</button>
			</div>
		</dialog>
	);
}
