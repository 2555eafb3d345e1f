import { useState } from 'react';
import { ErrorSummary } from '@/components/ErrorSummary';
import { useNow } from '@/components/useNow';
import { useTexts } from '@/i18n';
import { uses } from '@/i18n/uses';
import type { UseInquiry } from '@/gql/schema';
import { emptyInquiry, readInquiry, type InquiryMistakes, type TypedInquiry } from './inquiry';

const FIELDS = ['case', 'incident', 'from', 'until'] as const;

/** What an investigation looks for: a case number, and as much as is known. */
export function InquiryForm({ onAsk }: { onAsk: (inquiry: UseInquiry) => void }) {
	const t = useTexts(uses);
	const now = useNow();
	const [typed, setTyped] = useState<TypedInquiry>(emptyInquiry);
	const [mistakes, setMistakes] = useState<InquiryMistakes>({});
	const [attempts, setAttempts] = useState(0);
	const wrong = FIELDS.filter((name) => mistakes[name]);
	return (
		<form
			noValidate
			className="no-print"
			onSubmit={(event) => {
				event.preventDefault();
				const read = readInquiry(typed, now);
				const asked = typeof read.case === 'string';
				setAttempts(attempts + 1);
				setMistakes(asked ? {} : (read as InquiryMistakes));
				if (asked) onAsk(read as UseInquiry);
			}}
		>
			<ErrorSummary
				key={attempts}
				title={t.mend}
				items={wrong.map((name) => ({ target: `uses-${name}`, text: t.fields[name].wrong }))}
			/>
			{FIELDS.map((name) => (
				<Field
					key={name}
					name={name}
					value={typed[name]}
					wrong={mistakes[name] ?? false}
					onChange={(value) => setTyped({ ...typed, [name]: value })}
				/>
			))}
			<div className="actions">
				<button type="submit" className="button button-primary">
					{t.find}
				</button>
			</div>
		</form>
	);
}

function Field(props: {
	name: keyof TypedInquiry;
	value: string;
	wrong: boolean;
	onChange: (value: string) => void;
}) {
	const t = useTexts(uses);
	const { name, wrong } = props;
	const id = `uses-${name}`;
	const { label, hint, wrong: message } = t.fields[name];
	return (
		<div className={wrong ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor={id}>
				{label}
			</label>
			<span className="form-hint" id={`${id}-hint`}>
				{hint}
			</span>
			{wrong && (
				<span className="form-error-message" id={`${id}-error`}>
					{message}
				</span>
			)}
			<input
				type="text"
				className="form-input input-width-l"
				id={id}
				value={props.value}
				autoComplete="off"
				required={name === 'case'}
				aria-invalid={wrong}
				aria-describedby={wrong ? `${id}-hint ${id}-error` : `${id}-hint`}
				onChange={(event) => props.onChange(event.target.value)}
			/>
		</div>
	);
}
