import { useEffect, useRef } from 'react';
import { Alert } from '@/components/Alert';
import { useTexts } from '@/i18n';
import { check } from '@/i18n/check';
import type { Sending } from './useSubmit';

/** What became of the last attempt, in plain words; takes the focus when an attempt has ended. */
export function Outcome({ sending }: { sending: Sending }) {
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
			<Message sending={sending} />
		</div>
	);
}

type Ended = Exclude<Sending, { state: 'idle' | 'sending' | 'submitted' }>;

function Message({ sending }: { sending: Ended }) {
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
			return <Alert kind="error" title={t.incomplete} live />;
		case 'unconfirmed':
			return <Alert kind="warning" title={t.confirmNeeded} live />;
	}
}
