import { useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { SignInLink } from '@/features/session/SignInLink';
import { useSpeech } from '@/i18n';
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
	const { catalogue, registered } = props;
	const [{ data, fetching, error }, again] = useQuery({
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
				<p className="report-of">{m.report.addingTo({ number: earlier.number })}</p>
				{props.children(earlier)}
			</>
		);
	}
	if (fetching) return <Loading failure="" />;
	const retry = () => again({ requestPolicy: 'network-only' });
	return (
		<>
			<PageTitle>{m.report.addToIt}</PageTitle>
			<Loading failed failure={error ? m.incident.failed : m.incident.notFound} onRetry={retry} />
			{!props.signedIn && (
				<SignInLink back={`/report?incident=${encodeURIComponent(props.incident)}`}>
					{m.common.signIn}
				</SignInLink>
			)}
		</>
	);
}
