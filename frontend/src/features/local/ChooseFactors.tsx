import { useState, type FormEvent } from 'react';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import { makePasskey, type Answer, type Codes, type Problem, type Shown } from './api';
import { CodeSetup } from './CodeSetup';
import { Field, PasswordField } from './Fields';
import { useMistakes, type Mistake } from './useMistakes';
import { useWords } from './words';

/** Making a passkey and giving it a name. */
export function PasskeyForm(props: {
	begin: () => ReturnType<typeof makePasskey>;
	label: string;
	onShown: (shown: Shown, name: string) => Promise<Problem | undefined>;
}) {
	const t = useTexts(local).welcome;
	const words = useWords();
	const [name, setName] = useState(t.nameDefault);
	const mistakes = useMistakes<'name'>();
	const [sending, setSending] = useState(false);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (sending) return;
		mistakes.show([]);
		setSending(true);
		const made: Answer<Shown> = await props.begin();
		const why = made.problem ?? (await props.onShown(made.data, name));
		setSending(false);
		if (why) mistakes.show([{ field: 'name', text: words(why) }]);
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{mistakes.summary}
			<Field {...mistakes.of('name')} label={t.name} value={name} onChange={setName} autoComplete="off" />
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{props.label}
				</button>
			</div>
		</form>
	);
}

/** Choosing a password and setting up the app that gives the codes. */
export function PasswordForm(props: {
	login: string;
	codes: Codes;
	shortest: number;
	label: string;
	onChosen: (password: string, code: string) => Promise<Problem | undefined>;
}) {
	const texts = useTexts(local);
	const t = texts.welcome;
	const { tooShort, missing, passwordHint } = texts.fields;
	const words = useWords();
	const [password, setPassword] = useState('');
	const [code, setCode] = useState('');
	const mistakes = useMistakes<'password' | 'code'>();
	const [sending, setSending] = useState(false);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (sending) return;
		const own: Mistake<'password' | 'code'>[] = [];
		if ([...password].length < props.shortest)
			own.push({ field: 'password', text: tooShort({ n: props.shortest }) });
		if (!code) own.push({ field: 'code', text: missing({ label: texts.codes.code }) });
		mistakes.show(own);
		if (own.length > 0) return;
		setSending(true);
		const why = await props.onChosen(password, code);
		setSending(false);
		if (why) mistakes.show([{ field: why.field === 'password' ? 'password' : 'code', text: words(why) }]);
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{mistakes.summary}
			{/* Password managers keep the password under this. */}
			<input type="text" autoComplete="username" value={props.login} readOnly hidden />
			<PasswordField
				{...mistakes.of('password')}
				label={t.password}
				value={password}
				onChange={setPassword}
				autoComplete="new-password"
				hint={passwordHint({ n: props.shortest })}
			/>
			<CodeSetup codes={props.codes} />
			<Field
				{...mistakes.of('code')}
				label={texts.codes.code}
				value={code}
				onChange={setCode}
				autoComplete="one-time-code"
				inputMode="numeric"
			/>
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{props.label}
				</button>
			</div>
		</form>
	);
}
