import { Link } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { Disclosure } from '@/components/Disclosure';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { BackLink } from '@/features/law/PackPage';
import { LogLink } from '@/features/log/LogLink';
import { ProposeTrust } from '@/features/providers/ProposeTrust';
import { ProviderSettings } from '@/features/providers/ProviderSettings';
import { ProvidersDocument, type ProvidersQuery } from '@/features/providers/providers.generated';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { providers } from '@/i18n/providers';
import { rules } from '@/i18n/rules';

/** The identity providers of the configuration: which are trusted, since when, on what; and proposing those that wait. */
export function ProvidersPage() {
	const t = useTexts(providers);
	return (
		<OnlyAdministrators title={t.title}>
			<Providers />
		</OnlyAdministrators>
	);
}

function Providers() {
	const t = useTexts(providers);
	const { back } = useTexts(rules);
	const [{ data, fetching, error, failed }, retry] = useLasting({
		query: ProvidersDocument,
		requestPolicy: 'cache-and-network',
	});
	const list = data?.identityProviders;
	return (
		<div className="law">
			<BackLink to="/rules">{back}</BackLink>
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{t.lead}</p>
			<NotRefreshed failed={failed} onRetry={retry} />
			{!list && <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />}
			{list?.length === 0 && <p>{t.none}</p>}
			{list?.map((provider) => (
				<Provider key={provider.name} provider={provider} />
			))}
		</div>
	);
}

function Provider({ provider }: { provider: ProvidersQuery['identityProviders'][number] }) {
	const { say, language } = useSpeech();
	const t = useTexts(providers);
	const now = useNow();
	const { name, trustedSince, change } = provider;
	const title = `provider-${name}`;
	return (
		<section aria-labelledby={title}>
			<h2 id={title}>{say(provider.label)}</h2>
			<p>
				<span className={`mark mark-change mark-${trustedSince ? 'EXECUTED' : 'OPEN'}`}>
					{trustedSince ? t.trusted : t.waits}
				</span>{' '}
				{trustedSince && `${t.since} ${moment(new Date(trustedSince), language, now)}. `}
				{trustedSince && !change && (
					<>
						{t.fromStart} <LogLink />
					</>
				)}
				{change && (
					<Link to="/rules/change/$id" params={{ id: change }}>
						{t.seeChange}
					</Link>
				)}
			</p>
			<Disclosure summary={t.settings} open={!trustedSince}>
				<ProviderSettings {...provider} />
			</Disclosure>
			{!trustedSince && <ProposeTrust name={name} />}
		</section>
	);
}
