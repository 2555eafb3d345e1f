import { useState } from 'react';
import { useClient } from 'urql';
import { serverNow } from '@/api/clock';
import { LineField } from '@/components/Field';
import { ProposalForm } from '@/features/rules/ProposalForm';
import { ReasonField } from '@/features/rules/ReasonField';
import { useProposalForm } from '@/features/rules/useProposalForm';
import { useSpeech, useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';
import { idOf, latestDay, mistakeOf, readHold, type Deed, type Hold } from './hold';
import { ProposeHoldDocument, ProposeLiftDocument } from './retention.generated';

/** Proposes to hold an incident beyond its deadline, or to hold it no longer; what is typed stays until it is proposed. */
export function HoldForm({ deed, incident }: { deed: Deed; incident: string }) {
	const { language } = useSpeech();
	const t = useTexts(retention).form;
	const client = useClient();
	const [typed, setTyped] = useState({ number: incident, until: '', reason: '' });
	const frame = { now: serverNow(), language, t };
	const { mistakes, hold } = readHold(typed, deed, frame);
	const form = useProposalForm(
		{ mistakes, proposal: hold },
		({ number, until, reason }: Hold) =>
			deed === 'place'
				? client.mutation(ProposeHoldDocument, { input: { number, until, reason } }).toPromise()
				: client.mutation(ProposeLiftDocument, { input: { number, reason } }).toPromise(),
		(code) => mistakeOf(code, typed, frame),
	);
	const { wrong } = form;
	const labels = { number: t.number, until: t.until, reason: t.reason };
	const set = (part: Partial<typeof typed>) => {
		form.forget();
		setTyped({ ...typed, ...part });
	};
	return (
		<ProposalForm
			form={form}
			t={t}
			items={form.shown.map(({ field, text }) => ({
				target: idOf(field),
				text: `${labels[field]}: ${text}`,
			}))}
		>
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
		</ProposalForm>
	);
}
