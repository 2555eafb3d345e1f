import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useArrival } from '@/components/useArrival';
import { ReviewsDocument, type ReviewHeadFragment } from '@/features/access/access.generated';
import { ForKeepers } from '@/features/access/Gate';
import { ReviewState } from '@/features/access/ReviewState';
import { BackLink } from '@/features/law/PackPage';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** The half-yearly reviews, newest first. */
export function ReviewsPage() {
	const t = useTexts(access);
	const [pages, setPages] = useState<readonly (string | null)[]>([null]);
	return (
		<ForKeepers title={t.reviews}>
			<div className="law">
				<BackLink to="/access">{t.back}</BackLink>
				<PageTitle>{t.reviews}</PageTitle>
				<p className="lead">{t.reviewsText}</p>
				{pages.map((after, index) => (
					<OnePage
						key={after}
						after={after}
						last={index === pages.length - 1}
						onMore={(cursor) => setPages((shown) => [...shown, cursor])}
					/>
				))}
			</div>
		</ForKeepers>
	);
}

function OnePage(props: { after: string | null; last: boolean; onMore: (cursor: string) => void }) {
	const t = useTexts(access);
	const [{ data, fetching, error }, again] = useQuery({
		query: ReviewsDocument,
		variables: { after: props.after },
		requestPolicy: 'cache-and-network',
	});
	const arrival = useArrival<HTMLUListElement>(props.after !== null && Boolean(data));
	if (!data) {
		const load = () => again({ requestPolicy: 'network-only' });
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={load} />;
	}
	const { nodes, pageInfo } = data.reviews;
	const { endCursor } = pageInfo;
	return (
		<>
			{nodes.length === 0 && props.after === null && <p>{t.reviewsNone}</p>}
			<ul className="cards" {...arrival}>
				{nodes.map((review) => (
					<ReviewCard key={review.id} review={review} />
				))}
			</ul>
			{props.last && pageInfo.hasNextPage && endCursor && (
				<button type="button" className="button button-secondary" onClick={() => props.onMore(endCursor)}>
					{t.more}
				</button>
			)}
		</>
	);
}

function ReviewCard({ review }: { review: ReviewHeadFragment }) {
	const { say } = useSpeech();
	return (
		<li className="card">
			<Link to="/access/review/$id" params={{ id: review.id }} className="card-title">
				{say(review.reach.name)}
			</Link>
			<ReviewState review={review} />
		</li>
	);
}
