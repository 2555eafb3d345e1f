import { useClient } from 'urql';
import { ReasonForm } from '@/features/rules/ReasonForm';
import { useTexts } from '@/i18n';
import { providers } from '@/i18n/providers';
import { ProposeTrustDocument } from './providers.generated';

/** Proposes that people may sign in through a provider, on the settings that stand above. */
export function ProposeTrust({ name }: { name: string }) {
	const t = useTexts(providers);
	const client = useClient();
	const sent = (reason: string) =>
		client.mutation(ProposeTrustDocument, { input: { provider: name, reason } }).toPromise();
	return <ReasonForm id={name} label={t.propose({ name })} reasonHint={t.reasonHint} sent={sent} />;
}
