import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { moment, relative } from '@/i18n/format';
import type { ReviewHeadFragment } from './access.generated';

/** How far a review has come, and until when. */
export function ReviewState({ review }: { review: ReviewHeadFragment }) {
	const { language } = useSpeech();
	const t = useTexts(access);
	const now = useNow();
	const at = (instant: string) => moment(new Date(instant), language, now);
	return (
		<p>
			{t.progress({ done: review.decidedCount, of: review.itemCount })}
			<br />
			{review.closedAt ? (
				`${t.closed} ${at(review.closedAt)}`
			) : (
				<>
					{t.deadline} {at(review.deadline)}{' '}
					<span className="quiet">{relative(new Date(review.deadline), language, now)}</span>
				</>
			)}
		</p>
	);
}
