import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { ReportForm } from '@/features/compliance/ReportForm';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { compliance } from '@/i18n/compliance';

/** The report for the supervising authority: of which period, and in which form. */
export function CompliancePage() {
	const t = useTexts(compliance);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const answers = isKeeper(viewer);
	return (
		<div className="law">
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{answers ? t.lead : t.forbidden}</p>
			{answers && (
				<>
					<p className="prose">{t.rules}</p>
					<ReportForm />
				</>
			)}
		</div>
	);
}
