import { useState } from 'react';
import { useClient } from 'urql';
import { ProposalForm } from '@/features/rules/ProposalForm';
import { ReasonField } from '@/features/rules/ReasonField';
import { useProposalForm } from '@/features/rules/useProposalForm';
import { useTexts } from '@/i18n';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';
import { idOf, mistakeOf, readReason } from './keep';
import { ProposeReleasingUsesDocument } from './retention.generated';

/** Proposes that nothing of what the log tells of a person's acts is kept any longer; what is typed stays until it is proposed. */
export function ReleaseForm({ person }: { person: string }) {
	const t = { ...useTexts(retention).form, ...useTexts(keptUses).form };
	const client = useClient();
	const [reason, setReason] = useState('');
	const mistake = readReason(reason, t);
	const form = useProposalForm(
		{ mistakes: mistake ? [mistake] : [], proposal: mistake ? null : reason.trim() },
		(given: string) =>
			client.mutation(ProposeReleasingUsesDocument, { input: { person, reason: given } }).toPromise(),
		(code) => mistakeOf(code, reason, t),
	);
	return (
		<ProposalForm
			form={form}
			t={t}
			items={form.shown.map(({ field, text }) => ({ target: idOf(field), text: `${t.reason}: ${text}` }))}
		>
			<ReasonField
				id={idOf('reason')}
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={form.wrong('reason')}
				onChange={(text) => {
					form.forget();
					setReason(text);
				}}
			/>
		</ProposalForm>
	);
}
