import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { useSpeech, useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';
import { isReason, ReasonField } from './ReasonField';
import { Refused } from './Refused';
import {
	ApproveChangeDocument,
	RejectChangeDocument,
	WithdrawChangeDocument,
	type ChangeWholeFragment,
	type DecisionFragment,
	type RefusalFragment,
} from './rules.generated';

/** Deciding on an open change: approve or reject another's, withdraw one's own. */
export function Decide({ change, onDecided }: { change: ChangeWholeFragment; onDecided: () => void }) {
	const t = useTexts(rules);
	const [refusal, setRefusal] = useState<RefusalFragment | Unanswered | null>(null);
	const client = useClient();
	// Who signed in a while ago shows again who they are before something is carried out.
	const { ask, dialog } = useStepUp();
	const { id, payloadSha256 } = change;
	const learn = (answer: DecisionFragment | undefined, error: Unanswered['error']) => {
		if (answer?.__typename === 'ChangeDecided') return onDecided();
		setRefusal(answer ?? { error });
	};
	const approve = () => {
		setRefusal(null);
		ask(
			() => client.mutation(ApproveChangeDocument, { input: { id, payloadSha256 } }).toPromise(),
			({ data, error }) => learn(data?.approveChange, error),
		);
	};
	const reject = async (reason: string) => {
		const { data, error } = await client
			.mutation(RejectChangeDocument, { input: { id, reason } })
			.toPromise();
		learn(data?.rejectChange, error);
	};
	const withdraw = async () => {
		const { data, error } = await client.mutation(WithdrawChangeDocument, { id }).toPromise();
		learn(data?.withdrawChange, error);
	};
	return (
		<section aria-labelledby="decide-title" className="no-print">
			<h2 id="decide-title">{t.decide}</h2>
			{refusal && 'error' in refusal && <NotDone {...refusal} otherwise={t.notSent} />}
			{refusal && 'code' in refusal && <Refused refusal={refusal} />}
			{change.withdrawable && (
				<>
					<p className="prose">{t.own}</p>
					<Withdraw
						text={change.packVersion ? t.withdrawText : t.withdrawOther}
						onYes={() => void withdraw()}
					/>
				</>
			)}
			{change.approvable && (
				<>
					<Approve change={change} onYes={approve} />
					<Reject onReject={(reason) => void reject(reason)} />
				</>
			)}
			{!change.approvable && !change.withdrawable && <p className="prose">{t.notApprovable}</p>}
			{dialog}
		</section>
	);
}

function Approve({ change, onYes }: { change: ChangeWholeFragment; onYes: () => void }) {
	const { say } = useSpeech();
	const t = useTexts(rules);
	const dialog = useRef<HTMLDialogElement>(null);
	return (
		<>
			<button type="button" className="button button-primary" onClick={() => dialog.current?.showModal()}>
				{t.approve}
			</button>
			<ConfirmDialog
				ref={dialog}
				question={t.approveSure({ what: say(change.title) })}
				yes={t.approveYes}
				no={t.approveNo}
				onYes={onYes}
			>
				<p>{t.approveText}</p>
			</ConfirmDialog>
		</>
	);
}

function Withdraw({ text, onYes }: { text: string; onYes: () => void }) {
	const t = useTexts(rules);
	const dialog = useRef<HTMLDialogElement>(null);
	return (
		<>
			<button type="button" className="button button-secondary" onClick={() => dialog.current?.showModal()}>
				{t.withdraw}
			</button>
			<ConfirmDialog
				ref={dialog}
				question={t.withdrawSure}
				yes={t.withdrawYes}
				no={t.withdrawNo}
				onYes={onYes}
			>
				<p>{text}</p>
			</ConfirmDialog>
		</>
	);
}

function Reject({ onReject }: { onReject: (reason: string) => void }) {
	const t = useTexts(rules);
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	const wrong = isReason(reason) ? null : t.reasonLength({ n: reason.trim().length });
	return (
		<form
			noValidate
			className="reject"
			onSubmit={(event) => {
				event.preventDefault();
				setTried(true);
				if (wrong) document.getElementById('reject-reason')?.focus();
				else onReject(reason.trim());
			}}
		>
			<ReasonField
				id="reject-reason"
				label={t.rejectReason}
				hint={t.rejectHint}
				value={reason}
				error={tried ? wrong : null}
				onChange={setReason}
			/>
			<button type="submit" className="button button-secondary">
				{t.reject}
			</button>
		</form>
	);
}
