import { useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { useNow } from '@/components/useNow';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { useSpeech, useTexts } from '@/i18n';
import { attempts } from '@/i18n/attempts';
import { brief } from '@/i18n/format';
import {
	CloseAttemptBlocksDocument,
	LiftAttemptBlockDocument,
	TakeAttemptBlockDocument,
	type BlockFragment,
} from './attempts.generated';

/** The tasks that blocks opened: take one over, open the way in, and finish some with what was found. */
export function Tasks({ blocks, onDone }: { blocks: readonly BlockFragment[]; onDone: () => void }) {
	const t = useTexts(attempts);
	const client = useClient();
	const { ask, dialog } = useStepUp();
	const [chosen, setChosen] = useState<readonly string[]>([]);
	const [outcome, setOutcome] = useState<'done' | Unanswered | null>(null);
	const settle = ({ error }: Unanswered) => {
		setOutcome(error ? { error } : 'done');
		if (!error) onDone();
		return !error;
	};
	const take = async (id: string) => {
		setOutcome(null);
		settle(await client.mutation(TakeAttemptBlockDocument, { id }).toPromise());
	};
	const lift = (id: string) => {
		setOutcome(null);
		ask(() => client.mutation(LiftAttemptBlockDocument, { id }).toPromise(), settle);
	};
	const close = async (reason: string) => {
		setOutcome(null);
		const sent = client.mutation(CloseAttemptBlocksDocument, { input: { ids: [...chosen], reason } });
		const closed = settle(await sent.toPromise());
		if (closed) setChosen([]);
		return closed;
	};
	const choose = (id: string) =>
		setChosen((all) => (all.includes(id) ? all.filter((other) => other !== id) : [...all, id]));
	const told = (
		<>
			{outcome === 'done' && <Alert kind="success" title={t.done} live focused />}
			{outcome && outcome !== 'done' && <NotDone {...outcome} otherwise={t.notDone} />}
			{dialog}
		</>
	);
	if (blocks.length === 0) {
		return (
			<>
				{told}
				<p>{t.tasksNone}</p>
			</>
		);
	}
	return (
		<>
			{told}
			<table className="law-table">
				<caption className="sr-only">{t.tasks}</caption>
				<thead>
					<tr>
						{[t.subject, t.cause, t.began, t.times, t.state, t.owner, t.act].map((head) => (
							<th key={head} scope="col">
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{blocks.map((block) => (
						<Task
							key={block.id}
							block={block}
							chosen={chosen.includes(block.id)}
							onChoose={() => choose(block.id)}
							onTake={() => void take(block.id)}
							onLift={() => lift(block.id)}
						/>
					))}
				</tbody>
			</table>
			{blocks.some(({ closedAt }) => !closedAt) && <Finish chosen={chosen.length} onFinish={close} />}
		</>
	);
}

function Task(props: {
	block: BlockFragment;
	chosen: boolean;
	onChoose: () => void;
	onTake: () => void;
	onLift: () => void;
}) {
	const { language } = useSpeech();
	const t = useTexts(attempts);
	const now = useNow();
	const { block } = props;
	const when = (at: string) => brief(new Date(at), language, now);
	const what = `${t.kinds[block.kind]} ${block.subject}`;
	return (
		<tr>
			<th scope="row" data-label={t.subject}>
				{what}
			</th>
			<td data-label={t.cause}>{t.causes[block.cause]}</td>
			<td data-label={t.began}>{when(block.beganAt)}</td>
			<td data-label={t.times}>{block.times}</td>
			<td data-label={t.state}>
				{block.closedOff ? t.shut({ until: when(block.until) }) : t.open}
				{block.marked && <strong> {t.marked}</strong>}
			</td>
			<td data-label={t.owner}>{block.owner ?? t.nobody}</td>
			<td data-label={t.act}>
				{block.closedBy && block.reason ? (
					t.closedBy({ name: block.closedBy, reason: block.reason })
				) : (
					<>
						<input
							type="checkbox"
							aria-label={t.select({ what })}
							checked={props.chosen}
							onChange={props.onChoose}
						/>{' '}
						<button
							type="button"
							className="button button-secondary"
							aria-label={t.takeOf({ what })}
							onClick={props.onTake}
						>
							{t.take}
						</button>
					</>
				)}
				{block.closedOff && (
					<button
						type="button"
						className="button button-secondary"
						aria-label={t.liftOf({ what })}
						onClick={props.onLift}
					>
						{t.lift}
					</button>
				)}
			</td>
		</tr>
	);
}

function Finish(props: { chosen: number; onFinish: (reason: string) => Promise<boolean> }) {
	const t = useTexts(attempts);
	const [reason, setReason] = useState('');
	const [error, setError] = useState<string | null>(null);
	const finish = async () => {
		const wrong = props.chosen === 0 ? t.selectWrong : isReason(reason) ? null : t.reasonWrong;
		setError(wrong);
		if (wrong) document.getElementById('finish-reason')?.focus();
		if (!wrong && (await props.onFinish(reason))) setReason('');
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void finish();
			}}
		>
			<ReasonField
				id="finish-reason"
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={error}
				onChange={setReason}
			/>
			<button type="submit" className="button button-primary">
				{t.close}
			</button>
		</form>
	);
}
