import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/Alert';
import { useErrorTitle } from '@/components/PageTitle';
import { tellSignedIn } from '@/features/account/signedIn';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import { send, showPasskey, type Answer, type Problem } from './api';
import { Field, PasswordField } from './Fields';
import { useMistakes } from './useMistakes';
import { useWords } from './words';

type Entered = { recoveryCodesLeft: number | null };

/** Signing in with an account of Varsel's own. `again`: whoever is signed in shows once more who they are. */
export function LocalSignIn({ passkeys, again, next }: { passkeys: boolean; again: boolean; next: string }) {
	const t = useTexts(local).signIn;
	const words = useWords();
	const [problem, setProblem] = useState<string | null>(null);
	useErrorTitle(problem !== null);
	const [runOut, setRunOut] = useState(false);
	const [codesLeft, setCodesLeft] = useState<number | null>(null);
	const goOn = () => window.location.assign(next);
	const settle = ({ data, problem: why }: Answer<Entered>, refused: string) => {
		if (why) return setProblem(wordsOf(why, refused));
		tellSignedIn();
		if (data.recoveryCodesLeft === null) goOn();
		else setCodesLeft(data.recoveryCodesLeft);
	};
	const wordsOf = (why: Problem, refused: string): string | null => {
		setRunOut(why.code === 'PASSWORD_RUN_OUT' || (runOut && why.code === 'INVALID'));
		if (why.code === 'PASSWORD_RUN_OUT') return t.runOut;
		if (why.code === 'OTHER_PERSON') return t.otherPerson;
		return why.code === 'NOT_SIGNED_IN' ? refused : words(why);
	};
	const byPasskey = async () => {
		setProblem(null);
		const shown = await showPasskey('/local/passkey/begin');
		if (shown.problem) return setProblem(words(shown.problem));
		settle(await send<Entered>('/local/passkey/complete', { ...shown.data, again }), t.passkeyRefused);
	};
	if (codesLeft !== null) {
		return (
			<Alert kind="warning" title={t.codesLeft({ n: codesLeft })} live>
				<p>{t.codesLeftText}</p>
				<button type="button" className="button button-primary" onClick={goOn}>
					{t.goOn}
				</button>
			</Alert>
		);
	}
	return (
		<section aria-labelledby="local-title">
			<h2 id="local-title">{t.title}</h2>
			{problem && (
				<Alert kind="error" title={t.refused} live focused>
					<p>{problem}</p>
				</Alert>
			)}
			{passkeys && (
				<>
					<p>{t.passkeyText}</p>
					<p>
						<button type="button" className="button button-primary" onClick={() => void byPasskey()}>
							{t.passkey}
						</button>
					</p>
					<h3>{t.or}</h3>
				</>
			)}
			<PasswordForm
				runOut={runOut}
				onSend={async (typed) => {
					setProblem(null);
					settle(await send<Entered>('/local/sign-in', { ...typed, again }), t.refusedText);
				}}
			/>
		</section>
	);
}

type Typed = { login: string; password: string; code: string; newPassword?: string };

/** In the order of the form. */
const FIELDS = ['login', 'password', 'newPassword', 'code'] as const;

function PasswordForm({ runOut, onSend }: { runOut: boolean; onSend: (typed: Typed) => Promise<void> }) {
	const texts = useTexts(local);
	const t = texts.signIn;
	const [login, setLogin] = useState('');
	const [password, setPassword] = useState('');
	const [code, setCode] = useState('');
	const [newPassword, setNewPassword] = useState('');
	const mistakes = useMistakes<keyof Typed>();
	const [sending, setSending] = useState(false);
	const typed: Typed = { login, password, ...(runOut ? { newPassword } : {}), code };
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (sending) return;
		const missing = FIELDS.filter((field) => typed[field] === '');
		mistakes.show(missing.map((field) => ({ field, text: texts.fields.missing({ label: t[field] }) })));
		if (missing.length > 0) return;
		setSending(true);
		await onSend(typed);
		// A code counts once: the next attempt needs another, and the rest stays.
		setCode('');
		setSending(false);
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{mistakes.summary}
			<Field
				{...mistakes.of('login')}
				label={t.login}
				value={login}
				onChange={setLogin}
				type="email"
				autoComplete="username webauthn"
			/>
			<PasswordField
				{...mistakes.of('password')}
				label={t.password}
				value={password}
				onChange={setPassword}
				autoComplete="current-password"
			/>
			{runOut && (
				<PasswordField
					{...mistakes.of('newPassword')}
					label={t.newPassword}
					value={newPassword}
					onChange={setNewPassword}
					autoComplete="new-password"
				/>
			)}
			<Field
				{...mistakes.of('code')}
				label={t.code}
				value={code}
				onChange={setCode}
				autoComplete="one-time-code"
			/>
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{t.action}
				</button>
			</div>
		</form>
	);
}
