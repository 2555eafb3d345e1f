import { useState } from 'react';
import { serverNow } from '@/api/clock';
import { ErrorSummary } from '@/components/ErrorSummary';
import { LineField } from '@/components/Field';
import { NotKnown } from '@/features/rules/NotKnown';
import { ReasonField } from '@/features/rules/ReasonField';
import { Refused } from '@/features/rules/Refused';
import { useSpeech, useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';
import { idOf, latestDay, mistakeOf, readHold, type Deed, type HoldField } from './hold';
import { useProposeHold } from './useProposeHold';

/** Proposes to hold an incident beyond its deadline, or to hold it no longer; what is typed stays until it is proposed. */
export function HoldForm({ deed, incident }: { deed: Deed; incident: string }) {
	const { language } = useSpeech();
	const t = useTexts(retention).form;
	const [typed, setTyped] = useState({ number: incident, until: '', reason: '' });
	const [attempts, setAttempts] = useState(0);
	const { propose, sending, refusal, forget, dialog } = useProposeHold(deed, () => setAttempts((n) => n + 1));

	const frame = { now: serverNow(), language, t };
	const { mistakes, hold } = readHold(typed, deed, frame);
	const refused = refusal && refusal !== 'offline' ? mistakeOf(refusal.code, typed, frame) : null;
	const shown = refused ? [refused] : attempts > 0 ? mistakes : [];
	const wrong = (field: HoldField) => shown.find((mistake) => mistake.field === field)?.text ?? null;
	const labels = { number: t.number, until: t.until, reason: t.reason };
	const set = (part: Partial<typeof typed>) => {
		forget();
		setTyped({ ...typed, ...part });
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (sending) return;
				forget();
				if (hold) propose(hold);
				else setAttempts((n) => n + 1);
			}}
		>
			<ErrorSummary
				key={attempts}
				title={t.fix}
				items={shown.map(({ field, text }) => ({ target: idOf(field), text: `${labels[field]}: ${text}` }))}
			/>
			<LineField
				id={idOf('number')}
				label={t.number}
				hint={t.numberHint}
				error={wrong('number')}
				value={typed.number}
				onChange={(number) => set({ number })}
			/>
			{deed === 'place' && (
				<LineField
					id={idOf('until')}
					label={t.until}
					hint={t.untilHint({ last: latestDay(frame.now, language) })}
					error={wrong('until')}
					value={typed.until}
					onChange={(until) => set({ until })}
				/>
			)}
			<ReasonField
				id={idOf('reason')}
				label={t.reason}
				hint={t.reasonHint}
				value={typed.reason}
				error={wrong('reason')}
				onChange={(reason) => set({ reason })}
			/>
			{refusal === 'offline' && <NotKnown />}
			{refusal && refusal !== 'offline' && !refused && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{sending ? t.sending : t.send}
				</button>
			</div>
			{dialog}
		</form>
	);
}
