import { useState, type FormEvent } from 'react';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import { makePasskey, type Answer, type Codes, type Problem, type Shown } from './api';
import { CodeSetup } from './CodeSetup';
import { Field, PasswordField } from './Fields';
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
	const [problem, setProblem] = useState<string | null>(null);
	const [sending, setSending] = useState(false);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		setProblem(null);
		setSending(true);
		const made: Answer<Shown> = await props.begin();
		const why = made.problem ?? (await props.onShown(made.data, name));
		setSending(false);
		if (why) setProblem(words(why));
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			<Field
				label={t.name}
				value={name}
				onChange={setName}
				autoComplete="off"
				problem={problem ?? undefined}
			/>
			<div className="actions">
				<button type="submit" className="button button-primary" disabled={sending}>
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
	const words = useWords();
	const [password, setPassword] = useState('');
	const [code, setCode] = useState('');
	const [problem, setProblem] = useState<{ field: string; text: string } | null>(null);
	const [sending, setSending] = useState(false);
	const at = (field: string) => (problem?.field === field ? problem.text : undefined);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if ([...password].length < props.shortest) {
			return setProblem({ field: 'password', text: texts.fields.tooShort({ n: props.shortest }) });
		}
		if (!code) return setProblem({ field: 'code', text: texts.fields.missing({ label: texts.codes.code }) });
		setProblem(null);
		setSending(true);
		const why = await props.onChosen(password, code);
		setSending(false);
		if (why) setProblem({ field: why.field === 'password' ? 'password' : 'code', text: words(why) });
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{/* Password managers keep the password under this. */}
			<input type="text" autoComplete="username" value={props.login} readOnly hidden />
			<PasswordField
				label={t.password}
				value={password}
				onChange={setPassword}
				autoComplete="new-password"
				hint={texts.fields.passwordHint({ n: props.shortest })}
				problem={at('password')}
			/>
			<CodeSetup codes={props.codes} />
			<Field
				label={texts.codes.code}
				value={code}
				onChange={setCode}
				autoComplete="one-time-code"
				inputMode="numeric"
				problem={at('code')}
			/>
			<div className="actions">
				<button type="submit" className="button button-primary" disabled={sending}>
					{props.label}
				</button>
			</div>
		</form>
	);
}
