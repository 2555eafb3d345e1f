import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient } from 'urql';
import { serverNow } from '@/api/clock';
import { ErrorSummary, type SummaryItem } from '@/components/ErrorSummary';
import type { Unanswered } from '@/features/account/NotDone';
import { MomentInputs } from '@/features/report/fields/MomentField';
import { emptyMoment, readMoment, typedFrom, type TypedMoment } from '@/features/report/moment';
import { useSpeech, useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import { NotKnown } from './NotKnown';
import { isReason, ReasonField } from './ReasonField';
import { Refused } from './Refused';
import { ProposeVersionDocument, type RefusalFragment } from './rules.generated';

/** How soon a version can come into force: every server must have heard of it. */
const LEAD_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** Midnight of tomorrow, and of the first of next month, by the Danish calendar. */
function coming(now: Date): { tomorrow: TypedMoment; first: TypedMoment } {
	const midnight = '00.00';
	const today = typedFrom(now, false);
	const [year, month] = [Number(today.year), Number(today.month)];
	const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
	return {
		tomorrow: { ...typedFrom(new Date(now.getTime() + DAY_MS), false), time: midnight },
		first: { day: '1', month: String(next.month), year: String(next.year), time: midnight },
	};
}

/** Proposes a version: from when, why, and what becomes of running incidents. */
export function ProposeForm({ version }: { version: string }) {
	const { m } = useSpeech();
	const t = useTexts(rules);
	const navigate = useNavigate();
	const client = useClient();
	const [sending, setSending] = useState(false);
	const [from, setFrom] = useState(emptyMoment);
	const [reason, setReason] = useState('');
	const [running, setRunning] = useState(false);
	const [attempts, setAttempts] = useState(0);
	const tried = attempts > 0;
	const [refusal, setRefusal] = useState<RefusalFragment | Unanswered | null>(null);

	const reading = readMoment(from, serverNow(), true);
	const fromMistake = () => {
		if ('mistake' in reading) return m.report.mistake[reading.mistake];
		return reading.at.getTime() < serverNow().getTime() + LEAD_MS ? t.refusals.TOO_SOON : null;
	};
	const mistakes: SummaryItem[] = [];
	const wrongTime = fromMistake();
	if (wrongTime) mistakes.push({ target: 'force-from', text: `${t.from}: ${wrongTime}` });
	const wrongReason = isReason(reason) ? null : t.reasonLength({ n: reason.trim().length });
	if (wrongReason) mistakes.push({ target: 'reason', text: `${t.reason}: ${wrongReason}` });

	const send = async () => {
		setAttempts((before) => before + 1);
		setRefusal(null);
		if (mistakes.length > 0 || 'mistake' in reading || sending) return;
		const input = { version, inForceFrom: reading.iso, reason: reason.trim(), reassessRunning: running };
		setSending(true);
		const { data, error } = await client.mutation(ProposeVersionDocument, { input }).toPromise();
		setSending(false);
		const answer = data?.proposePackVersion;
		if (!answer) return setRefusal({ error });
		if (answer.__typename === 'ChangeRefused') return setRefusal(answer);
		void navigate({ to: '/rules/change/$id', params: { id: answer.change.id } });
	};
	const midnights = coming(serverNow());
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			{tried && <ErrorSummary key={attempts} title={t.fix} items={mistakes} />}
			<p className="prose">{t.proposeText}</p>
			<fieldset
				className={tried && wrongTime ? 'form-group form-error' : 'form-group'}
				aria-describedby="force-hint"
			>
				<legend className="form-label">{t.from}</legend>
				<span className="form-hint" id="force-hint">
					{t.fromHint}
				</span>
				{tried && wrongTime && (
					<span className="form-error-message" id="force-error">
						{wrongTime}
					</span>
				)}
				<MomentInputs
					id="force-from"
					describedBy={tried && wrongTime ? 'force-error' : undefined}
					invalid={tried && wrongTime !== null}
					value={from}
					set={setFrom}
					coming
					quick={[
						[t.midnight, () => midnights.tomorrow],
						[t.firstOfMonth, () => midnights.first],
					]}
				/>
			</fieldset>
			<ReasonField
				id="reason"
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried ? wrongReason : null}
				onChange={setReason}
			/>
			<div className="form-group form-group-checkbox">
				<input
					type="checkbox"
					className="form-checkbox"
					id="running"
					aria-describedby="running-hint"
					checked={running}
					onChange={(event) => setRunning(event.target.checked)}
				/>
				<label htmlFor="running">{t.running}</label>
			</div>
			<p className="form-hint prose" id="running-hint">
				{t.runningHint}
			</p>
			{refusal && 'error' in refusal && <NotKnown {...refusal} />}
			{refusal && 'code' in refusal && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{t.propose}
				</button>
			</div>
		</form>
	);
}
