import { useState } from 'react';
import { useClient } from 'urql';
import { NotKnown } from '@/features/rules/NotKnown';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { Refused } from '@/features/rules/Refused';
import { usePropose } from '@/features/rules/usePropose';
import { useTexts } from '@/i18n';
import { keys } from '@/i18n/keys';
import { ProposeRootReplacementDocument } from './keys.generated';
import type { Vault } from './VaultState';

const FIELD = 'replace-reason';

/** Proposes that the root key of today takes the place of the retired ones; or says what comes first, where there are none. */
export function ReplaceRoot({ vault }: { vault: Vault }) {
	const t = useTexts(keys);
	const { root } = vault;
	const retired = vault.roots.map(({ name }) => name).filter((name) => name !== root);
	if (retired.length === 0) return <p className="prose">{t.replaceNone({ root })}</p>;
	return (
		<>
			<p className="prose">{t.replaceSome({ root, retired: retired.join(', ') })}</p>
			<ReplaceForm />
		</>
	);
}

function ReplaceForm() {
	const t = useTexts(keys);
	const client = useClient();
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const { propose, sending, refusal, forget, dialog } = usePropose<string>(
		(why) => client.mutation(ProposeRootReplacementDocument, { input: { reason: why } }).toPromise(),
		() => setTried(true),
	);
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				setTried(true);
				if (sending) return;
				forget();
				if (isReason(reason)) propose(reason.trim());
				else document.getElementById(FIELD)?.focus();
			}}
		>
			<ReasonField
				id={FIELD}
				label={t.form.reason}
				hint={t.form.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.form.reasonLength({ n: [...reason.trim()].length }) : null}
				onChange={(text) => {
					forget();
					setReason(text);
				}}
			/>
			{refusal === 'offline' && <NotKnown />}
			{refusal && refusal !== 'offline' && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{sending ? t.form.sending : t.replaceSend}
				</button>
			</div>
			{dialog}
		</form>
	);
}
