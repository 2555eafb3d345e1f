import { useCallback, useState } from 'react';
import { useClient } from 'urql';
import { isSignedOut } from '@/api/signedOut';
import type {
	AskedFragment,
	ProblemFragment,
	WarningFragment,
} from '@/features/assessment/assessment.generated';
import type { Facts } from './answers';
import { SubmitReportDocument, type SubmitReportMutation } from './report.generated';

/**
 * Where a sending stands. `uncertain`: it may or may not have arrived. `noRoom`: it certainly has not. `signedOut`: not this time,
 * but `uncertain` whether an earlier time. `other`: an earlier sending
 * had arrived, and what was changed since has not.
 */
export type Sending =
	| { state: 'idle' }
	| { state: 'sending' }
	| { state: 'uncertain' }
	| { state: 'failed' }
	| { state: 'noRoom' }
	| { state: 'signedOut'; uncertain: boolean }
	| { state: 'incomplete'; missing: AskedFragment[]; of: Facts }
	| { state: 'refused'; problems: ProblemFragment[] }
	| { state: 'unconfirmed'; warnings: WarningFragment[] }
	| { state: 'other'; incident: { id: string; number: string } }
	| { state: 'submitted'; incident: string; filing: string; repeated: boolean };

/** Whether the report may have arrived, so that nobody may say that nothing has been sent. */
export const maybeSent = (sending: Sending): boolean =>
	sending.state === 'signedOut'
		? sending.uncertain
		: ['sending', 'uncertain', 'failed', 'other', 'submitted'].includes(sending.state);

/**
 * Sends a report. The key is kept until the outcome is known: after a broken connection the same key is sent again, so
 * that nothing is filed twice. An outcome that filed nothing frees the key.
 */
export function useSubmit(kept: {
	sending: string | null;
	setSending: (key: string | null) => void;
	/** The incident that is reported on further. */
	earlier: { id: string } | null;
}) {
	const client = useClient();
	const [sending, setSending] = useState<Sending>(kept.sending ? { state: 'uncertain' } : { state: 'idle' });
	const { sending: key, setSending: keep } = kept;
	const incidentId = kept.earlier?.id;
	const send = useCallback(
		async (facts: Facts, warningsSeen: boolean) => {
			const idempotencyKey = key ?? crypto.randomUUID();
			keep(idempotencyKey);
			setSending({ state: 'sending' });
			const { data, error } = await client
				.mutation(SubmitReportDocument, {
					input: { idempotencyKey, facts, warningsSeen, ...(incidentId ? { incidentId } : {}) },
				})
				.toPromise();
			if (!data) {
				const noRoom = error?.graphQLErrors.some(({ extensions }) => extensions.code === 'NO_ROOM');
				const signedOut = isSignedOut(error);
				// An earlier attempt with this key may have arrived all the same.
				if ((noRoom || signedOut) && key === null) keep(null);
				if (signedOut) return setSending({ state: 'signedOut', uncertain: key !== null });
				if (noRoom && key === null) return setSending({ state: 'noRoom' });
				return setSending({ state: error?.networkError ? 'uncertain' : 'failed' });
			}
			const came = outcome(data.submitReport, facts);
			// A new report keeps the key: with another it would be filed a second time.
			if (came.state !== 'other' || incidentId) keep(null);
			setSending(came);
		},
		[client, key, keep, incidentId],
	);
	return { sending, send };
}

function outcome(result: SubmitReportMutation['submitReport'], of: Facts): Sending {
	switch (result.__typename) {
		case 'ReportSubmitted':
			return {
				state: 'submitted',
				incident: result.incident.id,
				filing: result.receipt.id,
				repeated: result.repeated,
			};
		case 'ReportKeyUsed':
			return { state: 'other', incident: result.incident };
		case 'ReportIncomplete':
			return { state: 'incomplete', missing: result.missing, of };
		case 'ReportRefused':
			return { state: 'refused', problems: result.problems };
		case 'ReportNeedsConfirmation':
			return { state: 'unconfirmed', warnings: result.warnings };
	}
}
