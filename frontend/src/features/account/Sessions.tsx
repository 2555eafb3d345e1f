import { useState } from 'react';
import { useMutation, type OperationResult } from 'urql';
import { Alert } from '@/components/Alert';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { account } from '@/i18n/account';
import { moment } from '@/i18n/format';
import { NotDone, type Unanswered } from './NotDone';
import { EndOtherSessionsDocument, EndSessionDocument, type OwnSessionFragment } from './account.generated';

/** Where one is signed in, with a button to end each but this one, and one for all of those. */
export function Sessions({
	sessions,
	onEnded,
}: {
	sessions: readonly OwnSessionFragment[];
	onEnded: () => void;
}) {
	const t = useTexts(account);
	const [{ fetching: ending }, endOne] = useMutation(EndSessionDocument);
	const [{ fetching: endingAll }, endOthers] = useMutation(EndOtherSessionsDocument);
	const [outcome, setOutcome] = useState<'ended' | Unanswered | null>(null);
	const busy = ending || endingAll;
	const end = (sent: Promise<OperationResult>) => {
		setOutcome(null);
		void sent.then(({ error }) => {
			setOutcome(error ? { error } : 'ended');
			onEnded();
		});
	};
	return (
		<section aria-labelledby="sessions-title">
			<h2 id="sessions-title">{t.sessions}</h2>
			<p>{sessions.length > 1 ? t.sessionsText : t.onlyThis}</p>
			{outcome === 'ended' && <Alert kind="success" title={t.ended} live focused />}
			{outcome && outcome !== 'ended' && <NotDone {...outcome} otherwise={t.endFailed} />}
			<ul className="cards">
				{sessions.map((session) => (
					<SessionCard
						key={session.id}
						session={session}
						busy={busy}
						onEnd={() => end(endOne({ id: session.id }))}
					/>
				))}
			</ul>
			{sessions.length > 1 && (
				<p>
					<button
						type="button"
						className="button button-secondary"
						aria-disabled={busy}
						onClick={() => !busy && end(endOthers({}))}
					>
						{t.endOthers}
					</button>
				</p>
			)}
		</section>
	);
}

function SessionCard(props: { session: OwnSessionFragment; busy: boolean; onEnd: () => void }) {
	const { language } = useSpeech();
	const t = useTexts(account);
	const now = useNow();
	const { device, begunAt, lastUsedAt, current } = props.session;
	const what = device ?? t.unknownDevice;
	const begun = moment(new Date(begunAt), language, now);
	return (
		<li className="card">
			<strong className="card-title">{what}</strong>
			{current && <p>{t.here}</p>}
			<p>
				{t.begun} {begun}
			</p>
			<p>
				{t.lastUsed} {moment(new Date(lastUsedAt), language, now)}
			</p>
			{!current && (
				<button
					type="button"
					className="button button-secondary"
					aria-label={t.endOf({ what, when: begun })}
					aria-disabled={props.busy}
					onClick={() => !props.busy && props.onEnd()}
				>
					{t.end}
				</button>
			)}
		</li>
	);
}
