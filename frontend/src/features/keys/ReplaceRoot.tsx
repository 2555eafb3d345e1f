import { useClient } from 'urql';
import { ReasonForm } from '@/features/rules/ReasonForm';
import { useTexts } from '@/i18n';
import { keys } from '@/i18n/keys';
import { ProposeRootReplacementDocument } from './keys.generated';
import type { Vault } from './VaultState';

/** Proposes that the root key of today takes the place of the retired ones; or says what comes first, where there are none. */
export function ReplaceRoot({ vault }: { vault: Vault }) {
	const t = useTexts(keys);
	const client = useClient();
	const { root } = vault;
	const retired = vault.roots.map(({ name }) => name).filter((name) => name !== root);
	if (retired.length === 0) return <p className="prose">{t.replaceNone({ root })}</p>;
	const sent = (reason: string) =>
		client.mutation(ProposeRootReplacementDocument, { input: { reason } }).toPromise();
	return (
		<>
			<p className="prose">{t.replaceSome({ root, retired: retired.join(', ') })}</p>
			<ReasonForm id="replace" label={t.replaceSend} reasonHint={t.form.reasonHint} sent={sent} />
		</>
	);
}
