import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { WordsFragment } from '@/api/shared.generated';
import { Alert } from '@/components/Alert';
import { useSpeech, useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import type { Problem } from './api';
import { Field } from './Fields';
import { useMistakes } from './useMistakes';
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

/** What must be filled in: of the last two, the one for the kind of home. */
const REQUIRED = ['name', 'email', 'unit', 'cvr'] as const;

type Required = (typeof REQUIRED)[number];

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
	const mistakes = useMistakes<Required>();
	/** A problem that is about no field. */
	const [problem, setProblem] = useState<Problem | null>(null);
	const set = (field: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [field]: value });
	const labels: Record<Required, string> = { name: t.name, email: t.email, unit: t.chooseUnit, cvr: t.cvr };
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const { name, email, language, kind, unit, cvr, organisation } = form;
		const needed = REQUIRED.filter((field) => field !== (kind === 'unit' ? 'cvr' : 'unit'));
		const missing = needed.filter((field) => form[field].trim() === '');
		mistakes.show(missing.map((field) => ({ field, text: texts.fields.missing({ label: labels[field] }) })));
		setProblem(null);
		if (missing.length > 0) return;
		const home = kind === 'unit' ? { unit } : { organisation: { cvr, name: organisation || null } };
		const why = await props.onSend({ name, email, language: language === 'en' ? 'en' : 'da', home });
		const field = REQUIRED.find((each) => each === why?.field);
		if (why && field) mistakes.show([{ field, text: words(why) }]);
		else setProblem(why ?? null);
		if (!why) setForm(EMPTY);
	};
	return (
		<form onSubmit={(event) => void submit(event)} noValidate>
			{mistakes.summary}
			{problem && <Alert kind="error" title={words(problem)} live focused />}
			<Field
				{...mistakes.of('name')}
				label={t.name}
				value={form.name}
				onChange={set('name')}
				autoComplete="off"
			/>
			<Field
				{...mistakes.of('email')}
				label={t.email}
				type="email"
				value={form.email}
				onChange={set('email')}
				autoComplete="off"
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
				<Select {...mistakes.of('unit')} label={t.chooseUnit} value={form.unit} onChange={set('unit')}>
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
						{...mistakes.of('cvr')}
						label={t.cvr}
						value={form.cvr}
						onChange={set('cvr')}
						inputMode="numeric"
						autoComplete="off"
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
	id?: string;
	label: string;
	value: string;
	onChange: (value: string) => void;
	problem?: string | undefined;
	children: ReactNode;
}) {
	const own = useId();
	const { problem, id = own } = props;
	return (
		<div className={problem ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor={id}>
				{props.label}
			</label>
			{problem && (
				<p className="form-error-message" id={`${id}-problem`}>
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
