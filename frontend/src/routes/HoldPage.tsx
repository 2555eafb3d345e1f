import { useSearch } from '@tanstack/react-router';
import { PageTitle } from '@/components/PageTitle';
import { BackLink } from '@/features/law/PackPage';
import type { Deed } from '@/features/retention/hold';
import { HoldForm } from '@/features/retention/HoldForm';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';

/** Proposes to hold an incident beyond its deadline. */
export function HoldPage() {
	const { incident } = useSearch({ from: '/retention/hold' });
	return <Proposal deed="place" incident={incident ?? ''} />;
}

/** Proposes that an incident is held no longer. */
export function LiftPage() {
	const { incident } = useSearch({ from: '/retention/lift' });
	return <Proposal deed="lift" incident={incident ?? ''} />;
}

function Proposal({ deed, incident }: { deed: Deed; incident: string }) {
	const t = useTexts(retention).form;
	const title = deed === 'place' ? t.placeTitle : t.liftTitle;
	return (
		<OnlyAdministrators title={title}>
			<div className="law">
				<BackLink to="/retention">{t.back}</BackLink>
				<PageTitle>{title}</PageTitle>
				<p className="lead">{deed === 'place' ? t.placeLead : t.liftLead}</p>
				<HoldForm key={incident} deed={deed} incident={incident} />
			</div>
		</OnlyAdministrators>
	);
}
