import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { WordsFragment } from '@/api/shared.generated';
import { useSpeech, useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import type { Problem } from './api';
import { Field } from './Fields';
import { useWords } from './words';

export type Unit = { id: string; name: WordsFragment };

type Home = { unit: string } | { organisation: { cvr: string; name: string | null } };

export type Invitee = { name: string; email: string; language: 'da' | 'en'; home: Home };

const EMPTY = {
	name: '',
	email: '',
	language: 'da',
	kind: 'organisation',
	unit: '',
	cvr: '',
	organisation: '',
};

/** Inviting somebody: who, and where they belong. What was typed stays until it is sent. */
export function InviteForm(props: {
	units: Unit[];
	onSend: (invitee: Invitee) => Promise<Problem | undefined>;
}) {
	const { say } = useSpeech();
	const texts = useTexts(local);
	const t = texts.accounts;
	const words = useWords();
	const [form, setForm] = useState(EMPTY);
	const [problem, setProblem] = useState<Problem | null>(null);
	const set = (field: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [field]: value });
	const at = (field: string) => (problem?.field === field ? words(problem) : undefined);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const { name, email, language, kind, unit, cvr, organisation } = form;
		const home = kind === 'unit' ? { unit } : { organisation: { cvr, name: organisation || null } };
		const why = await props.onSend({ name, email, language: language === 'en' ? 'en' : 'da', home });
		setProblem(why ?? null);
		if (!why) setForm(EMPTY);
	};
	const known = ['name', 'email', 'unit', 'cvr'];
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{problem && !known.includes(problem.field ?? '') && <p role="alert">{words(problem)}</p>}
			<Field
				label={t.name}
				value={form.name}
				onChange={set('name')}
				autoComplete="off"
				problem={at('name')}
			/>
			<Field
				label={t.email}
				type="email"
				value={form.email}
				onChange={set('email')}
				autoComplete="off"
				problem={at('email')}
			/>
			<Select label={t.language} value={form.language} onChange={set('language')}>
				<option value="da">{t.da}</option>
				<option value="en">{t.en}</option>
			</Select>
			<Select label={t.home} value={form.kind} onChange={set('kind')}>
				<option value="organisation">{t.organisation}</option>
				<option value="unit">{t.unit}</option>
			</Select>
			{form.kind === 'unit' ? (
				<Select label={t.chooseUnit} value={form.unit} onChange={set('unit')} problem={at('unit')}>
					<option value="">{t.chooseUnit}</option>
					{props.units.map(({ id, name }) => (
						<option key={id} value={id}>
							{say(name)}
						</option>
					))}
				</Select>
			) : (
				<>
					<Field
						label={t.cvr}
						value={form.cvr}
						onChange={set('cvr')}
						inputMode="numeric"
						autoComplete="off"
						problem={at('cvr')}
					/>
					<Field
						label={t.organisationName}
						value={form.organisation}
						onChange={set('organisation')}
						autoComplete="off"
					/>
				</>
			)}
			<div className="actions">
				<button type="submit" className="button button-primary">
					{t.send}
				</button>
			</div>
		</form>
	);
}

function Select(props: {
	label: string;
	value: string;
	onChange: (value: string) => void;
	problem?: string | undefined;
	children: ReactNode;
}) {
	const id = useId();
	const { problem } = props;
	return (
		<div className={problem ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor={id}>
				{props.label}
			</label>
			{problem && (
				<p className="form-error-message" id={`${id}-problem`} role="alert">
					{problem}
				</p>
			)}
			<select
				id={id}
				className="form-select"
				value={props.value}
				aria-invalid={problem ? true : undefined}
				aria-describedby={problem ? `${id}-problem` : undefined}
				onChange={(event) => props.onChange(event.target.value)}
			>
				{props.children}
			</select>
		</div>
	);
}
