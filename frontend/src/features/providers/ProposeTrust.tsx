import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { Refused } from '@/features/rules/Refused';
import type { RefusalFragment } from '@/features/rules/rules.generated';
import { useTexts } from '@/i18n';
import { providers } from '@/i18n/providers';
import { ProposeTrustDocument } from './providers.generated';

/** Proposes that people may sign in through a provider, on the settings that stand above. */
export function ProposeTrust({ name }: { name: string }) {
	const t = useTexts(providers);
	const navigate = useNavigate();
	const client = useClient();
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const [sending, setSending] = useState(false);
	const [refusal, setRefusal] = useState<RefusalFragment | 'offline' | null>(null);

	const send = async () => {
		setTried(true);
		setRefusal(null);
		if (!isReason(reason) || sending) return;
		setSending(true);
		const input = { provider: name, reason: reason.trim() };
		const { data } = await client.mutation(ProposeTrustDocument, { input }).toPromise();
		setSending(false);
		const answer = data?.proposeTrust;
		if (!answer) return setRefusal('offline');
		if (answer.__typename === 'ChangeRefused') return setRefusal(answer);
		void navigate({ to: '/rules/change/$id', params: { id: answer.change.id } });
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<ReasonField
				id={`reason-${name}`}
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.reasonLength({ n: [...reason.trim()].length }) : null}
				onChange={setReason}
			/>
			{refusal === 'offline' && <Alert kind="error" title={t.notSent} live />}
			{refusal && refusal !== 'offline' && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{t.propose({ name })}
				</button>
			</div>
		</form>
	);
}
