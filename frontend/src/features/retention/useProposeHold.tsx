import { useClient } from 'urql';
import { usePropose } from '@/features/rules/usePropose';
import type { Deed, Hold } from './hold';
import { ProposeHoldDocument, ProposeLiftDocument } from './retention.generated';

/** Sends a proposal about a hold, and goes to it; see {@link usePropose}. */
export function useProposeHold(deed: Deed, onRefused: () => void) {
	const client = useClient();
	return usePropose<Hold>(
		({ number, until, reason }) =>
			deed === 'place'
				? client.mutation(ProposeHoldDocument, { input: { number, until, reason } }).toPromise()
				: client.mutation(ProposeLiftDocument, { input: { number, reason } }).toPromise(),
		onRefused,
	);
}
