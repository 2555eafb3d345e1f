import { useId, useState, type InputHTMLAttributes } from 'react';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';

type FieldProps = {
	label: string;
	value: string;
	onChange: (value: string) => void;
	problem?: string | undefined;
	hint?: string;
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'autoComplete' | 'inputMode' | 'type' | 'id'>;

/** A field with its label, its hint and what is wrong with it. */
export function Field({ label, value, onChange, problem, hint, id, type = 'text', ...rest }: FieldProps) {
	const own = useId();
	const field = id ?? own;
	const described = [problem && `${field}-problem`, hint && `${field}-hint`].filter(Boolean).join(' ');
	return (
		<div className={problem ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor={field}>
				{label}
			</label>
			{hint && (
				<p className="form-hint" id={`${field}-hint`}>
					{hint}
				</p>
			)}
			{problem && (
				<p className="form-error-message" id={`${field}-problem`}>
					{problem}
				</p>
			)}
			<input
				{...rest}
				id={field}
				type={type}
				className="form-input"
				value={value}
				spellCheck={false}
				autoCapitalize="none"
				aria-invalid={problem ? true : undefined}
				aria-describedby={described || undefined}
				onChange={(event) => onChange(event.target.value)}
			/>
		</div>
	);
}

/** A field for a password, which one can look at and paste into. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'inputMode'>) {
	const t = useTexts(local).fields;
	const [shown, setShown] = useState(false);
	const { label } = props;
	return (
		<div className="password-field">
			<Field {...props} type={shown ? 'text' : 'password'} />
			<button
				type="button"
				className="button button-secondary"
				aria-pressed={shown}
				aria-label={shown ? t.hideOf({ label }) : t.showOf({ label })}
				onClick={() => setShown(!shown)}
			>
				{shown ? t.hide : t.show}
			</button>
		</div>
	);
}
