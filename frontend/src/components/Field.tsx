import type { ReactNode } from 'react';

/** What the control of a field needs: its id, what describes it, and whether it is wrong. */
export const described = (id: string, error: string | null) => ({
	id,
	'aria-describedby': error ? `${id}-hint ${id}-error` : `${id}-hint`,
	...(error ? { 'aria-invalid': true as const } : {}),
});

/** A field of a form: its label, a hint, what is wrong with it, and the control, which is {@link described}. */
export function Field(props: {
	id: string;
	label: string;
	hint: string;
	error: string | null;
	children: ReactNode;
}) {
	const { id, error } = props;
	return (
		<div className={error ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor={id}>
				{props.label}
			</label>
			<span className="form-hint" id={`${id}-hint`}>
				{props.hint}
			</span>
			{error && (
				<span className="form-error-message" id={`${id}-error`}>
					{error}
				</span>
			)}
			{props.children}
		</div>
	);
}

/** A field of one short line. */
export function LineField(props: {
	id: string;
	label: string;
	hint: string;
	error: string | null;
	value: string;
	onChange: (value: string) => void;
}) {
	const { id, label, hint, error } = props;
	return (
		<Field {...{ id, label, hint, error }}>
			<input
				{...described(id, error)}
				type="text"
				className="form-input input-width-s"
				autoComplete="off"
				value={props.value}
				onChange={(event) => props.onChange(event.target.value)}
			/>
		</Field>
	);
}
