import { useLasting } from '@/api/useLasting';
import { Disclosure } from '@/components/Disclosure';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { KeepersPage } from '@/features/access/KeepersPage';
import { ProposeTrust } from '@/features/providers/ProposeTrust';
import { ProviderSettings } from '@/features/providers/ProviderSettings';
import { ProvidersDocument, type ProvidersQuery } from '@/features/providers/providers.generated';
import { Decided } from '@/features/rules/Decided';
import { useSpeech, useTexts } from '@/i18n';
import { providers } from '@/i18n/providers';

/** The identity providers of the configuration: which are trusted, since when, on what; and proposing those that wait. */
export function ProvidersPage() {
	const t = useTexts(providers);
	return (
		<KeepersPage title={t.title} lead={t.lead} forbidden={t.forbidden}>
			{(decides) => <Providers decides={decides} />}
		</KeepersPage>
	);
}

/** `decides`: whoever looks may propose, and read changes. */
function Providers({ decides }: { decides: boolean }) {
	const t = useTexts(providers);
	const [{ data, fetching, error, failed }, retry] = useLasting({
		query: ProvidersDocument,
		requestPolicy: 'cache-and-network',
	});
	const list = data?.identityProviders;
	return (
		<>
			<NotRefreshed failed={failed} onRetry={retry} />
			{!list && <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />}
			{list?.length === 0 && <p>{t.none}</p>}
			{list?.map((provider) => (
				<Provider key={provider.name} provider={provider} decides={decides} />
			))}
		</>
	);
}

function Provider(props: { provider: ProvidersQuery['identityProviders'][number]; decides: boolean }) {
	const { say } = useSpeech();
	const t = useTexts(providers);
	const { provider, decides } = props;
	const { name, trustedSince, change } = provider;
	const title = `provider-${name}`;
	return (
		<section aria-labelledby={title}>
			<h2 id={title}>{say(provider.label)}</h2>
			<Decided
				holds={Boolean(trustedSince)}
				since={trustedSince}
				change={change}
				decides={decides}
				words={{ ...t, holds: t.trusted }}
			/>
			<Disclosure summary={t.settings} open={!trustedSince}>
				<ProviderSettings {...provider} />
			</Disclosure>
			{!trustedSince && decides && <ProposeTrust name={name} />}
		</section>
	);
}
