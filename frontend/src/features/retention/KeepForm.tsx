import { useState } from 'react';
import { useClient } from 'urql';
import { serverNow } from '@/api/clock';
import { LineField } from '@/components/Field';
import { ProposalForm } from '@/features/rules/ProposalForm';
import { ReasonField } from '@/features/rules/ReasonField';
import { useProposalForm } from '@/features/rules/useProposalForm';
import { useSpeech, useTexts } from '@/i18n';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';
import { idOf, latestDay, mistakeOf, readKeep, type Keep } from './keep';
import { ProposeKeepingUsesDocument } from './retention.generated';

/** Proposes to keep what the log tells of a person's acts in a time; what is typed stays until it is proposed. */
export function KeepForm({ person }: { person: string }) {
	const { language } = useSpeech();
	const t = { ...useTexts(retention).form, ...useTexts(keptUses).form };
	const client = useClient();
	const [typed, setTyped] = useState({ first: '', last: '', until: '', reason: '' });
	const frame = { now: serverNow(), language, t };
	const { mistakes, keep } = readKeep(typed, frame);
	const form = useProposalForm(
		{ mistakes, proposal: keep },
		(proposal: Keep) =>
			client.mutation(ProposeKeepingUsesDocument, { input: { person, ...proposal } }).toPromise(),
		(code) => mistakeOf(code, typed.reason, t),
	);
	const last = latestDay(typed.first, frame);
	const days = [
		['first', t.firstHint],
		['last', t.lastHint],
		['until', last ? t.untilHintOf({ last }) : t.untilHint],
	] as const;
	const set = (part: Partial<typeof typed>) => {
		form.forget();
		setTyped({ ...typed, ...part });
	};
	return (
		<ProposalForm
			form={form}
			t={t}
			items={form.shown.map(({ field, text }) => ({ target: idOf(field), text: `${t[field]}: ${text}` }))}
		>
			{days.map(([field, hint]) => (
				<LineField
					key={field}
					id={idOf(field)}
					label={t[field]}
					hint={hint}
					error={form.wrong(field)}
					value={typed[field]}
					onChange={(text) => set({ [field]: text })}
				/>
			))}
			<ReasonField
				id={idOf('reason')}
				label={t.reason}
				hint={t.reasonHint}
				value={typed.reason}
				error={form.wrong('reason')}
				onChange={(reason) => set({ reason })}
			/>
		</ProposalForm>
	);
}
