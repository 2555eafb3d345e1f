import { useState, type FormEvent } from 'react';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import { Field } from './Fields';
import { useMistakes } from './useMistakes';

/** Asking for another email address. */
export function EmailForm({ onSend, sent }: { onSend: (email: string) => Promise<void>; sent: boolean }) {
	const texts = useTexts(local);
	const t = texts.ways;
	const [email, setEmail] = useState('');
	const [asked, setAsked] = useState(false);
	const mistakes = useMistakes<'email'>();
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		mistakes.show(email ? [] : [{ field: 'email', text: texts.fields.missing({ label: t.newEmail }) }]);
		if (!email) return;
		await onSend(email);
		setAsked(true);
	};
	return (
		<>
			<h3>{t.email}</h3>
			<form onSubmit={(event) => void submit(event)} noValidate>
				{mistakes.summary}
				<Field
					{...mistakes.of('email')}
					label={t.newEmail}
					type="email"
					autoComplete="email"
					value={email}
					onChange={setEmail}
				/>
				<p role="status">{asked && sent ? t.emailSent : ''}</p>
				<div className="actions">
					<button type="submit" className="button button-secondary">
						{t.sendEmail}
					</button>
				</div>
			</form>
		</>
	);
}
