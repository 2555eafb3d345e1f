import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { PageTitle } from '@/components/PageTitle';
import { BackLink } from '@/features/law/PackPage';
import { ProposeErasureDocument } from '@/features/retention/retention.generated';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { WhoseForm } from '@/features/rules/WhoseForm';
import { useTexts } from '@/i18n';
import { erasure } from '@/i18n/erasure';
import { retention } from '@/i18n/retention';

/** Proposes to erase incidents at once: what that does, and the form. */
export function ErasePage() {
	const t = useTexts(erasure);
	return (
		<OnlyAdministrators title={t.title} also="ERASE">
			<Erase />
		</OnlyAdministrators>
	);
}

function Erase() {
	const t = useTexts(erasure);
	const { back } = useTexts(retention).form;
	const client = useClient();
	return (
		<div className="law">
			<BackLink to="/retention">{back}</BackLink>
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{t.lead}</p>
			<Alert kind="warning" title={t.happensTitle}>
				<ul>
					{t.happens.map((what) => (
						<li key={what}>{what}</li>
					))}
				</ul>
			</Alert>
			<WhoseForm
				id="erase"
				t={t.form}
				warning
				sent={(input) => client.mutation(ProposeErasureDocument, { input }).toPromise()}
			/>
		</div>
	);
}
