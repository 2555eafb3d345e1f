import { useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { WithdrawRightsDocument } from './access.generated';
import { BulkForm } from './BulkForm';
import type { Selection } from './useSelection';

/** Withdraws the rights that are ticked, with one reason. */
export function Withdraw({ selection, onDone }: { selection: Selection; onDone: () => void }) {
	const t = useTexts(access);
	const client = useClient();
	const { ask, sending, dialog } = useStepUp();
	const [outcome, setOutcome] = useState<{ done: number } | Unanswered | null>(null);
	const withdraw = (reason: string) => {
		setOutcome(null);
		const input = { ids: selection.selected, reason };
		ask(
			() => client.mutation(WithdrawRightsDocument, { input }).toPromise(),
			({ data, error }) => {
				const done = data?.withdrawAuthorisations.withdrawn.length;
				if (done === undefined) return setOutcome({ error });
				setOutcome({ done });
				selection.clear();
				onDone();
			},
		);
	};
	const label = t.withdrawMany({ n: selection.selected.length });
	return (
		<>
			{outcome && 'done' in outcome && (
				<Alert kind="success" title={t.withdrawn({ n: outcome.done })} live focused />
			)}
			<BulkForm
				count={selection.selected.length}
				busy={sending}
				text={t.withdrawText}
				actions={[{ label, act: withdraw }]}
			>
				{outcome && 'error' in outcome && <NotDone {...outcome} otherwise={t.notSent} />}
			</BulkForm>
			{dialog}
		</>
	);
}
