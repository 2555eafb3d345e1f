import { useEffect, useRef, useState } from 'react';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { StepUpDialog } from '@/features/account/StepUpDialog';
import { read, send, type Answer, type Problem } from '@/features/local/api';
import { InviteForm, type Invitee, type Unit } from '@/features/local/InviteForm';
import { useWords } from '@/features/local/words';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { local } from '@/i18n/local';

type Account = {
	person: string;
	name: string;
	login: string;
	organisation: string | null;
	unit: string | null;
	ofProvider: boolean;
	password: boolean;
	passkeys: number;
	linkUntil: string | null;
};

type Listed = { people: Account[]; units: Unit[] };

/** Every account, where this server has any of its own. */
async function fetchAll(): Promise<Listed | 'off' | 'failed'> {
	const ways = await read<{ local: object | null }>('/sign-in/ways');
	if (ways.data && !ways.data.local) return 'off';
	const { data } = await read<Listed>('/local/people');
	return data ?? 'failed';
}

/** Varsel's own accounts, for administrators: inviting people, sending new links, closing. */
export function AccountsPage() {
	const t = useTexts(local).accounts;
	const { viewer, fetching } = useViewer();
	const [listed, setListed] = useState<Listed | 'off' | 'failed' | null>(null);
	const administrates = viewer?.functions.includes('ADMINISTER');
	useEffect(() => {
		if (administrates) void fetchAll().then(setListed);
	}, [administrates]);
	const load = () => fetchAll().then(setListed);
	return (
		<>
			<PageTitle>{t.title}</PageTitle>
			{!administrates && !fetching && <p role="alert">{t.only}</p>}
			{administrates && listed === 'off' && <p>{t.off}</p>}
			{administrates && (listed === null || listed === 'failed') && (
				<Loading failed={listed === 'failed'} failure={t.failed} onRetry={() => void load()} />
			)}
			{listed !== null && typeof listed === 'object' && <Accounts listed={listed} reload={load} />}
		</>
	);
}

function Accounts({ listed, reload }: { listed: Listed; reload: () => Promise<void> }) {
	const t = useTexts(local).accounts;
	const words = useWords();
	const [outcome, setOutcome] = useState<string | Problem | null>(null);
	const [again, setAgain] = useState<(() => void) | null>(null);
	/** A problem, where it is one that the form must show. */
	const settle = async (
		answer: Answer<unknown>,
		done: string,
		redo: () => void,
	): Promise<Problem | undefined> => {
		const { problem } = answer;
		setOutcome(problem ? null : done);
		if (problem?.code === 'STEP_UP_REQUIRED') {
			setAgain(() => redo);
			return problem;
		}
		if (!problem) await reload();
		return problem;
	};
	const invite = async (invitee: Invitee): Promise<Problem | undefined> =>
		settle(
			await send('/local/people/invite', invitee),
			t.sent({ email: invitee.email }),
			() => void invite(invitee),
		);
	const act = async (what: 'reset' | 'close', account: Account): Promise<void> => {
		const done = what === 'reset' ? t.resetDone(account) : t.closeDone(account);
		const answer = await send(`/local/people/${what}`, { person: account.person });
		const problem = await settle(answer, done, () => void act(what, account));
		if (problem && problem.code !== 'STEP_UP_REQUIRED') setOutcome(problem);
	};
	return (
		<>
			<p className="lead">{t.lead}</p>
			{typeof outcome === 'string' && <Alert kind="success" title={outcome} live />}
			{outcome !== null && typeof outcome === 'object' && <Alert kind="error" title={words(outcome)} live />}
			<section aria-labelledby="invite-title">
				<h2 id="invite-title">{t.invite}</h2>
				<InviteForm units={listed.units} onSend={invite} />
			</section>
			<section aria-labelledby="people-title">
				<h2 id="people-title">{t.people}</h2>
				<People listed={listed} onAct={(what, account) => void act(what, account)} />
			</section>
			{again && (
				<StepUpDialog
					onDone={() => {
						again();
						setAgain(null);
					}}
					onCancel={() => setAgain(null)}
				/>
			)}
		</>
	);
}

function People(props: { listed: Listed; onAct: (what: 'reset' | 'close', account: Account) => void }) {
	const t = useTexts(local).accounts;
	const dialog = useRef<HTMLDialogElement>(null);
	const [chosen, setChosen] = useState<Account | null>(null);
	if (props.listed.people.length === 0) return <p>{t.none}</p>;
	return (
		<>
			<ul className="cards">
				{props.listed.people.map((account) => (
					<li key={account.person} className="card">
						<About account={account} units={props.listed.units} />
						<div className="actions">
							<button
								type="button"
								className="button button-secondary"
								aria-label={t.resetOf(account)}
								onClick={() => props.onAct('reset', account)}
							>
								{t.reset}
							</button>
							<button
								type="button"
								className="button button-secondary"
								aria-label={t.closeOf(account)}
								onClick={() => {
									setChosen(account);
									dialog.current?.showModal();
								}}
							>
								{t.close}
							</button>
						</div>
					</li>
				))}
			</ul>
			<ConfirmDialog
				ref={dialog}
				question={t.closeQuestion({ name: chosen?.name ?? '' })}
				yes={t.close}
				no={t.keep}
				onYes={() => chosen && props.onAct('close', chosen)}
			>
				<p>{t.closeText}</p>
			</ConfirmDialog>
		</>
	);
}

function About({ account, units }: { account: Account; units: Unit[] }) {
	const { language, say } = useSpeech();
	const t = useTexts(local).accounts;
	const now = useNow();
	const unit = units.find(({ id }) => id === account.unit);
	const ways = [
		...(account.passkeys > 0 ? [t.passkeys({ n: account.passkeys })] : []),
		...(account.password ? [t.password] : []),
	];
	return (
		<>
			<strong className="card-title">{account.name}</strong>
			<p>{account.login}</p>
			<p>{account.organisation ?? (unit ? say(unit.name) : account.unit)}</p>
			<p>
				{t.waysIn}: {ways.join(', ') || t.noWays}
			</p>
			{account.ofProvider && <p>{t.ofProvider}</p>}
			{account.linkUntil && (
				<p>{t.linkUntil({ when: moment(new Date(account.linkUntil), language, now) })}</p>
			)}
		</>
	);
}
