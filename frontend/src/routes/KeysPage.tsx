import { useClient } from 'urql';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { KeepersPage } from '@/features/access/KeepersPage';
import { ProposeKeyRenewalDocument, VaultDocument } from '@/features/keys/keys.generated';
import { ReplaceRoot } from '@/features/keys/ReplaceRoot';
import { Approved, Counts, Replacements, Roots } from '@/features/keys/VaultState';
import { WhoseForm } from '@/features/rules/WhoseForm';
import { useTexts } from '@/i18n';
import { keys } from '@/i18n/keys';

/** The keys of what is sealed: which root keys are needed, what was replaced; and proposing to replace some. */
export function KeysPage() {
	const t = useTexts(keys);
	return (
		<KeepersPage title={t.title} lead={t.lead} forbidden={t.forbidden}>
			{(decides) => <State decides={decides} />}
		</KeepersPage>
	);
}

/** `decides`: whoever looks may propose. */
function State({ decides }: { decides: boolean }) {
	const t = useTexts(keys);
	const [{ data, error, fetching, failed }, retry] = useLasting({
		query: VaultDocument,
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />;
	}
	const { vault } = data;
	return (
		<>
			<NotRefreshed failed={failed} onRetry={retry} />
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
