import { useEffect, useRef, useState } from 'react';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { useNow } from '@/components/useNow';
import { StepUpDialog } from '@/features/account/StepUpDialog';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { local } from '@/i18n/local';
import { makePasskey, read, send, type Answer, type Codes, type Problem } from './api';
import { PasskeyForm, PasswordForm } from './ChooseFactors';
import { EmailForm } from './EmailForm';
import { RecoveryCodes } from './RecoveryCodes';
import { useWords } from './words';

type Passkey = { id: string; name: string; createdAt: string; lastUsedAt: string | null };

type Own = {
	possible: boolean;
	onlyWay: boolean;
	passkeysPossible: boolean;
	login: string | null;
	passwordSetAt: string | null;
	passkeys: Passkey[];
	recoveryCodesLeft: number;
	shortest: number;
};

/** One's own account; null where this server has none. */
async function fetchOwn(): Promise<Own | 'failed' | null> {
	const ways = await read<{ local: object | null }>('/sign-in/ways');
	if (!ways.data?.local) return null;
	const { data } = await read<Own>('/local/account');
	return data ?? 'failed';
}

/** The part of the account's page on signing in with Varsel's own account; nothing where there are no such accounts. */
export function WaysIn() {
	const t = useTexts(local).ways;
	const [own, setOwn] = useState<Own | 'failed' | null>(null);
	useEffect(() => {
		void fetchOwn().then(setOwn);
	}, []);
	const load = () => fetchOwn().then(setOwn);
	if (own === 'failed') return <Alert kind="error" title={t.failed} />;
	return own?.possible ? <Ways own={own} reload={load} /> : null;
}

/** Runs an act; where it needs a recent sign-in, asks for one and runs it again. */
function useAct(reload: () => Promise<void>) {
	const [outcome, setOutcome] = useState<'done' | Problem | null>(null);
	const [codes, setCodes] = useState<string[] | null>(null);
	const [again, setAgain] = useState<(() => void) | null>(null);
	const settle = async <T,>(answer: Answer<T>, redo: () => void): Promise<T | undefined> => {
		setOutcome(null);
		if (answer.problem?.code === 'STEP_UP_REQUIRED') setAgain(() => redo);
		else if (answer.problem) setOutcome(answer.problem);
		return answer.problem ? undefined : answer.data;
	};
	const finish = async (made?: string[]) => {
		setOutcome('done');
		if (made) setCodes(made);
		await reload();
	};
	return { outcome, codes, setCodes, again, setAgain, settle, finish };
}

function Ways({ own, reload }: { own: Own; reload: () => Promise<void> }) {
	const t = useTexts(local).ways;
	const words = useWords();
	const act = useAct(reload);
	const [setup, setSetup] = useState<Codes | null>(null);
	const [adding, setAdding] = useState(false);
	const run = async (path: string, body: object = {}) => {
		const done = await act.settle(
			await send<{ recoveryCodes?: string[] } | null>(path, body),
			() => void run(path, body),
		);
		if (done !== undefined) await act.finish(done?.recoveryCodes);
	};
	const beginPassword = async () => {
		const begun = await act.settle(
			await send<Codes>('/local/account/password/begin'),
			() => void beginPassword(),
		);
		if (begun) setSetup(begun);
	};
	if (act.codes) return <RecoveryCodes codes={act.codes} onKept={() => act.setCodes(null)} />;
	return (
		<section aria-labelledby="ways-title">
			<h2 id="ways-title">{t.title}</h2>
			<p>
				{t.text} {own.login && t.login({ login: own.login })}
			</p>
			{act.outcome === 'done' && <Alert kind="success" title={t.done} live />}
			{act.outcome && act.outcome !== 'done' && <Alert kind="error" title={words(act.outcome)} live />}
			{own.passkeysPossible && (
				<>
					<h3>{t.passkeys}</h3>
					<Passkeys
						passkeys={own.passkeys}
						onRemove={(id) => void run('/local/account/passkey/remove', { id })}
					/>
					{adding ? (
						<PasskeyForm
							label={t.addPasskey}
							begin={() => makePasskey('/local/account/passkey/begin')}
							onShown={async (shown, name) => {
								const { problem } = await send('/local/account/passkey/add', { ...shown, name });
								if (problem) return problem;
								setAdding(false);
								await act.finish();
								return undefined;
							}}
						/>
					) : (
						<p>
							<button type="button" className="button button-secondary" onClick={() => setAdding(true)}>
								{t.addPasskey}
							</button>
						</p>
					)}
				</>
			)}
			<h3>{t.password}</h3>
			{setup ? (
				<PasswordForm
					login={own.login ?? ''}
					codes={setup}
					shortest={own.shortest}
					label={t.savePassword}
					onChosen={async (password, code) => {
						const chosen = { ceremony: setup.ceremony, password, code };
						const set = await send<{ recoveryCodes: string[] }>('/local/account/password/set', chosen);
						if (set.problem) return set.problem;
						setSetup(null);
						await act.finish(set.data.recoveryCodes);
						return undefined;
					}}
				/>
			) : (
				<Password own={own} onSet={() => void beginPassword()} onRun={(path) => void run(path)} />
			)}
			{own.onlyWay && (
				<EmailForm onSend={(email) => run('/local/account/email', { email })} sent={act.outcome === 'done'} />
			)}
			{act.again && (
				<StepUpDialog
					onDone={() => {
						act.again?.();
						act.setAgain(null);
					}}
					onCancel={() => act.setAgain(null)}
				/>
			)}
		</section>
	);
}

function Passkeys({ passkeys, onRemove }: { passkeys: Passkey[]; onRemove: (id: string) => void }) {
	const { language } = useSpeech();
	const t = useTexts(local).ways;
	const now = useNow();
	const dialog = useRef<HTMLDialogElement>(null);
	const [chosen, setChosen] = useState<Passkey | null>(null);
	const when = (at: string) => ({ when: moment(new Date(at), language, now) });
	if (passkeys.length === 0) return <p>{t.noPasskeys}</p>;
	return (
		<>
			<ul className="cards">
				{passkeys.map((passkey) => (
					<li key={passkey.id} className="card">
						<strong className="card-title">{passkey.name}</strong>
						<p>{t.added(when(passkey.createdAt))}</p>
						<p>{passkey.lastUsedAt ? t.lastUsed(when(passkey.lastUsedAt)) : t.neverUsed}</p>
						<button
							type="button"
							className="button button-secondary"
							aria-label={t.removeOf({ name: passkey.name })}
							onClick={() => {
								setChosen(passkey);
								dialog.current?.showModal();
							}}
						>
							{t.remove}
						</button>
					</li>
				))}
			</ul>
			<ConfirmDialog
				ref={dialog}
				question={t.removeQuestion({ name: chosen?.name ?? '' })}
				yes={t.remove}
				no={t.keep}
				onYes={() => chosen && onRemove(chosen.id)}
			/>
		</>
	);
}

function Password({ own, onSet, onRun }: { own: Own; onSet: () => void; onRun: (path: string) => void }) {
	const { language } = useSpeech();
	const t = useTexts(local).ways;
	const now = useNow();
	const dialog = useRef<HTMLDialogElement>(null);
	const set = own.passwordSetAt;
	return (
		<>
			<p>{set ? t.passwordSet({ when: moment(new Date(set), language, now) }) : t.noPassword}</p>
			{set && <p>{t.recoveryLeft({ n: own.recoveryCodesLeft })}</p>}
			<div className="actions">
				<button type="button" className="button button-secondary" onClick={onSet}>
					{set ? t.changePassword : t.setPassword}
				</button>
				{set && (
					<>
						<button
							type="button"
							className="button button-secondary"
							onClick={() => dialog.current?.showModal()}
						>
							{t.newCodes}
						</button>
						<button
							type="button"
							className="button button-secondary"
							onClick={() => onRun('/local/account/password/remove')}
						>
							{t.removePassword}
						</button>
					</>
				)}
			</div>
			<ConfirmDialog
				ref={dialog}
				question={t.newCodesQuestion}
				yes={t.newCodes}
				no={t.keep}
				onYes={() => onRun('/local/account/recovery-codes')}
			/>
		</>
	);
}
