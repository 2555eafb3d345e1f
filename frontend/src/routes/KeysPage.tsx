import { useClient, useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { ProposeKeyRenewalDocument, VaultDocument } from '@/features/keys/keys.generated';
import { ReplaceRoot } from '@/features/keys/ReplaceRoot';
import { Approved, Counts, Replacements, Roots } from '@/features/keys/VaultState';
import { BackLink } from '@/features/law/PackPage';
import { WhoseForm } from '@/features/rules/WhoseForm';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { keys } from '@/i18n/keys';

/** The keys of what is sealed: which root keys are needed, what was replaced; and proposing to replace some. */
export function KeysPage() {
	const t = useTexts(keys);
	const { back } = useTexts(access);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const answers = isKeeper(viewer);
	return (
		<div className="law">
			{answers && <BackLink to="/access">{back}</BackLink>}
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{answers ? t.lead : t.forbidden}</p>
			{answers && <State decides={viewer?.functions.includes('ADMINISTER') ?? false} />}
		</div>
	);
}

/** `decides`: whoever looks may propose. */
function State({ decides }: { decides: boolean }) {
	const t = useTexts(keys);
	const [{ data, error, fetching }, again] = useQuery({
		query: VaultDocument,
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		const retry = () => again({ requestPolicy: 'network-only' });
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />;
	}
	const { vault } = data;
	return (
		<>
			<section aria-labelledby="state-title">
				<h2 id="state-title">{t.state}</h2>
				<Counts vault={vault} />
				<Approved approved={vault.approved} decides={decides} />
			</section>
			<section aria-labelledby="roots-title">
				<h2 id="roots-title">{t.roots}</h2>
				<p className="prose">{t.rootsText}</p>
				<Roots vault={vault} />
			</section>
			<section aria-labelledby="replaced-title">
				<h2 id="replaced-title">{t.replacements}</h2>
				<Replacements replacements={vault.replacements} decides={decides} />
			</section>
			{decides && (
				<>
					<section aria-labelledby="replace-title">
						<h2 id="replace-title">{t.replaceTitle}</h2>
						<ReplaceRoot vault={vault} />
					</section>
					<Renew />
				</>
			)}
			<p className="quiet">{t.logged}</p>
		</>
	);
}

function Renew() {
	const t = useTexts(keys);
	const client = useClient();
	return (
		<section aria-labelledby="renew-title">
			<h2 id="renew-title">{t.renewTitle}</h2>
			<p className="prose">{t.renewLead}</p>
			<WhoseForm
				id="renew"
				t={t.form}
				sent={(input) => client.mutation(ProposeKeyRenewalDocument, { input }).toPromise()}
			/>
		</section>
	);
}
