import { useState } from 'react';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { FoundUses } from '@/features/log/FoundUses';
import { InquiryForm } from '@/features/log/InquiryForm';
import { isInvestigator, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { uses } from '@/i18n/uses';
import type { UseInquiry } from '@/gql/schema';

/** For investigators: who saw what, in plain sentences. Looking is itself a use, and is logged. */
export function UsesPage() {
	const t = useTexts(uses);
	const { viewer, fetching } = useViewer();
	const [asked, setAsked] = useState<{ inquiry: UseInquiry; whose: string | null; time: number } | null>(
		null,
	);
	const ask = (inquiry: UseInquiry, whose: string | null) =>
		setAsked({ inquiry, whose, time: (asked?.time ?? 0) + 1 });
	if (fetching) return <Loading failure="" />;
	const investigates = isInvestigator(viewer);
	return (
		<div className="law">
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{investigates ? t.lead : t.forbidden}</p>
			{investigates && (
				<>
					<p>{t.rules}</p>
					<InquiryForm onAsk={ask} />
					{asked && <FoundUses key={asked.time} inquiry={asked.inquiry} whose={asked.whose} />}
				</>
			)}
		</div>
	);
}
