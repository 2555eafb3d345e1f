import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useLasting } from '@/api/useLasting';
import { NothingHere } from '@/components/NothingHere';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { OneReviewDocument, type OneReviewQuery } from '@/features/access/access.generated';
import { Decisions } from '@/features/access/Decisions';
import { ForKeepers } from '@/features/access/Gate';
import { ReviewState } from '@/features/access/ReviewState';
import { BackLink } from '@/features/law/PackPage';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** One review: each right as it was when the review opened, to confirm or to withdraw. */
export function ReviewPage() {
	const t = useTexts(access);
	const { id } = useParams({ from: '/access/review/$id' });
	return (
		<ForKeepers title={t.reviews}>
			<OneReview key={id} id={id} />
		</ForKeepers>
	);
}

function OneReview({ id }: { id: string }) {
	const t = useTexts(access);
	const [missing, setMissing] = useState(true);
	const [after, setAfter] = useState<string | null>(null);
	const [{ data, fetching, error, failed }, load] = useLasting({
		query: OneReviewDocument,
		variables: { id, after, decided: missing ? false : null },
		requestPolicy: 'cache-and-network',
	});
	if (!data?.review) {
		const texts = { failure: t.failed, missing: t.reviewNotFound };
		return <NothingHere {...texts} fetching={fetching} failed={Boolean(error)} onRetry={load} />;
	}
	return (
		<>
			<NotRefreshed failed={failed} onRetry={load} />
			<ReviewView
				review={data.review}
				missing={missing}
				onMissing={(only) => {
					setMissing(only);
					setAfter(null);
				}}
				onMore={setAfter}
				onDecided={() => {
					setAfter(null);
					load();
				}}
			/>
		</>
	);
}

function ReviewView(props: {
	review: NonNullable<OneReviewQuery['review']>;
	missing: boolean;
	onMissing: (only: boolean) => void;
	onMore: (after: string | null) => void;
	onDecided: () => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(access);
	const { review, missing } = props;
	const { nodes, pageInfo } = review.items;
	return (
		<div className="law">
			<BackLink to="/access/reviews">{t.reviewBack}</BackLink>
			<PageTitle>{t.reviewTitle({ reach: say(review.reach.name) })}</PageTitle>
			<p className="lead">{t.reviewsText}</p>
			<ReviewState review={review} />
			<p>
				<a href={`/reviews/${encodeURIComponent(review.id)}.csv`} download>
					{t.csv}
				</a>
			</p>
			<div className="form-group form-group-checkbox">
				<input
					type="checkbox"
					className="form-checkbox"
					id="only-missing"
					checked={missing}
					onChange={(event) => props.onMissing(event.target.checked)}
				/>
				<label htmlFor="only-missing">{t.onlyOpen}</label>
			</div>
			{nodes.length === 0 && <p>{t.allDone}</p>}
			<Decisions review={review.id} items={nodes} onDecided={props.onDecided} />
			{pageInfo.hasNextPage && (
				<button
					type="button"
					className="button button-secondary"
					onClick={() => props.onMore(pageInfo.endCursor ?? null)}
				>
					{t.more}
				</button>
			)}
		</div>
	);
}
