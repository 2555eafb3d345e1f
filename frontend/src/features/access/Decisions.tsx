import { useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { DecideReviewDocument, type ReviewRowFragment } from './access.generated';
import { BulkForm } from './BulkForm';
import { ReviewTable } from './ReviewTable';
import { useSelection } from './useSelection';

/** The rights of a review, and confirming or withdrawing those that are ticked, with one reason. */
export function Decisions(props: {
	review: string;
	items: readonly ReviewRowFragment[];
	onDecided: () => void;
}) {
	const t = useTexts(access);
	const client = useClient();
	const { ask, sending, dialog } = useStepUp();
	const [outcome, setOutcome] = useState<{ done: string } | Unanswered | null>(null);
	const decidable = props.items.filter((item) => item.decidable);
	const selection = useSelection(decidable.map(({ authorisationId }) => authorisationId));
	const count = selection.selected.length;
	const decide = (confirm: boolean) => (reason: string) => {
		setOutcome(null);
		const input = { review: props.review, authorisations: selection.selected, confirm, reason };
		ask(
			() => client.mutation(DecideReviewDocument, { input }).toPromise(),
			({ data, error }) => {
				const n = data?.decideReviewItems.decided.length;
				if (n === undefined) return setOutcome({ error });
				setOutcome({ done: confirm ? t.confirmed({ n }) : t.withdrawn({ n }) });
				selection.clear();
				props.onDecided();
			},
		);
	};
	return (
		<>
			{outcome && 'done' in outcome && <Alert kind="success" title={outcome.done} live focused />}
			{outcome && 'error' in outcome && <NotDone {...outcome} otherwise={t.notSent} />}
			{props.items.length > 0 && <ReviewTable items={props.items} selection={selection} />}
			<BulkForm
				count={count}
				busy={sending}
				text={t.withdrawText}
				actions={[
					{ label: t.confirmMany({ n: count }), act: decide(true) },
					{ label: t.withdrawMany({ n: count }), secondary: true, act: decide(false) },
				]}
			/>
			{dialog}
		</>
	);
}
