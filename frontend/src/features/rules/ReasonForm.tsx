import { useState } from 'react';
import type { OperationResult } from 'urql';
import type { ProposedFragment } from '@/features/access/access.generated';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import { NotKnown } from './NotKnown';
import { isReason, ReasonField } from './ReasonField';
import { Refused } from './Refused';
import { usePropose } from './usePropose';

/** Proposes what stands above it, with a reason; where it became a change, that change is shown. */
export function ReasonForm(props: {
	id: string;
	label: string;
	reasonHint: string;
	sent: (reason: string) => Promise<OperationResult<{ answer: ProposedFragment }>>;
}) {
	const t = useTexts(rules);
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const { propose, sending, refusal, forget, dialog } = usePropose(props.sent, () => setTried(true));
	const field = `reason-${props.id}`;
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				setTried(true);
				if (sending) return;
				forget();
				if (isReason(reason)) propose(reason.trim());
				else document.getElementById(field)?.focus();
			}}
		>
			<ReasonField
				id={field}
				label={t.reason}
				hint={props.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.reasonLength({ n: [...reason.trim()].length }) : null}
				onChange={(text) => {
					forget();
					setReason(text);
				}}
			/>
			{refusal && 'error' in refusal && <NotKnown {...refusal} />}
			{refusal && 'code' in refusal && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{props.label}
				</button>
			</div>
			{dialog}
		</form>
	);
}
