import { useEffect, useRef } from 'react';
import { Alert } from '@/components/Alert';
import { SignInLink } from '@/features/session/SignInLink';
import { useSpeech, useTexts } from '@/i18n';
import { check } from '@/i18n/check';
import { MISSING } from './CheckList';
import type { Sending } from './useSubmit';

/** What became of the last attempt, in plain words; takes the focus when an attempt has ended. `back`: this page. */
export function Outcome({ sending, back }: { sending: Sending; back: string }) {
	const box = useRef<HTMLDivElement>(null);
	const atArrival = useRef(sending);
	useEffect(() => {
		if (sending === atArrival.current) return;
		box.current?.focus({ preventScroll: true });
		box.current?.scrollIntoView?.({ block: 'nearest' });
	}, [sending]);
	if (sending.state === 'idle' || sending.state === 'sending' || sending.state === 'submitted') return null;
	return (
		<div tabIndex={-1} ref={box} className="outcome">
			<Message sending={sending} back={back} />
		</div>
	);
}

type Ended = Exclude<Sending, { state: 'idle' | 'sending' | 'submitted' }>;

function Message({ sending, back }: { sending: Ended; back: string }) {
	const { m } = useSpeech();
	const t = useTexts(check);
	switch (sending.state) {
		case 'other':
			return (
				<Alert kind="error" title={t.other({ number: sending.incident.number })} live>
					<p>{t.otherText}</p>
				</Alert>
			);
		case 'uncertain':
			return (
				<Alert kind="error" title={t.uncertain} live>
					<p>{t.uncertainText}</p>
				</Alert>
			);
		case 'failed':
			return <Alert kind="error" title={t.serverError} live />;
		case 'noRoom':
			return (
				<Alert kind="error" title={t.noRoom} live>
					<p>{t.noRoomText}</p>
				</Alert>
			);
		case 'refused':
			return <Alert kind="error" title={t.refused} live />;
		case 'incomplete':
			return (
				<Alert kind="error" title={t.incomplete} live>
					<a
						href={`#${MISSING}`}
						onClick={(event) => {
							event.preventDefault();
							document.getElementById(MISSING)?.focus();
						}}
					>
						{t.toMissing}
					</a>
				</Alert>
			);
		case 'signedOut':
			return (
				<Alert kind="error" title={sending.uncertain ? t.signedOutAgain : t.signedOut} live>
					<p>{sending.uncertain ? t.signedOutAgainText : t.signedOutText}</p>
					<SignInLink back={back} className="button button-primary">
						{m.common.signIn}
					</SignInLink>
				</Alert>
			);
		case 'unconfirmed':
			return <Alert kind="warning" title={t.confirmNeeded} live />;
	}
}
