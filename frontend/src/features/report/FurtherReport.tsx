import { useMemo, type ReactNode } from 'react';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { SignInLink } from '@/features/session/SignInLink';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';
import type { Facts } from './answers';
import { earlierOf, type Earlier } from './earlier';
import { EarlierDocument } from './earlier.generated';
import type { CatalogueFactFragment } from './report.generated';

/** A report on an incident that has been reported before: asks for what was told, and says which incident it is. */
export default function FurtherReport(props: {
	incident: string;
	catalogue: readonly CatalogueFactFragment[];
	registered: Facts;
	signedIn: boolean;
	children: (earlier: Earlier) => ReactNode;
}) {
	const { m } = useSpeech();
	const t = useTexts(pages);
	const { catalogue, registered } = props;
	const [{ data, fetching, error }, retry] = useLasting({
		query: EarlierDocument,
		variables: { id: props.incident },
		requestPolicy: 'network-only',
	});
	const incident = data?.incident;
	const earlier = useMemo(
		() => incident && earlierOf(incident, catalogue, registered),
		[incident, catalogue, registered],
	);
	if (earlier) {
		return (
			<>
				<div className="report-of">
					<p>
						<strong>{t.further.of({ number: earlier.number })}</strong>
					</p>
					<p>{t.further.onlyNew}</p>
				</div>
				{props.children(earlier)}
			</>
		);
	}
	if (fetching) return <Loading failure="" />;
	return (
		<>
			<PageTitle>{t.further.action}</PageTitle>
			<Loading failed failure={error ? m.incident.failed : m.incident.notFound} onRetry={retry} />
			{!props.signedIn && (
				<SignInLink back={`/report?incident=${encodeURIComponent(props.incident)}`}>
					{m.common.signIn}
				</SignInLink>
			)}
		</>
	);
}
