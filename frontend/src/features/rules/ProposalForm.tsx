import type { ReactNode } from 'react';
import { ErrorSummary, type SummaryItem } from '@/components/ErrorSummary';
import { NotKnown } from './NotKnown';
import { Refused } from './Refused';
import type { ProposalState } from './useProposalForm';

/** The frame of a form that proposes something: what must be mended above its fields, what came of sending below them. */
export function ProposalForm<Field extends string>(props: {
	form: ProposalState<Field>;
	t: { fix: string; send: string; sending: string };
	/** What must be mended, as the list above the fields says it. */
	items: SummaryItem[];
	/** What it does cannot be undone. */
	warning?: boolean | undefined;
	children: ReactNode;
}) {
	const { form, t } = props;
	const { refusal, sending } = form;
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				form.submit();
			}}
		>
			<ErrorSummary key={form.attempts} title={t.fix} items={props.items} />
			{props.children}
			{refusal && 'error' in refusal && <NotKnown {...refusal} />}
			{refusal && 'code' in refusal && <Refused refusal={refusal} />}
			<div className="actions">
				<button
					type="submit"
					className={`button ${props.warning ? 'button-warning' : 'button-primary'}`}
					aria-disabled={sending}
				>
					{sending ? t.sending : t.send}
				</button>
			</div>
			{form.dialog}
		</form>
	);
}
