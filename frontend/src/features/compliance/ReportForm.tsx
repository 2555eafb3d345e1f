import { useState } from 'react';
import { serverNow } from '@/api/clock';
import { Alert } from '@/components/Alert';
import { ErrorSummary } from '@/components/ErrorSummary';
import { LineField } from '@/components/Field';
import { NotSignedIn } from '@/features/account/NotDone';
import { useSpeech, useTexts } from '@/i18n';
import { compliance } from '@/i18n/compliance';
import { readPeriod, type TypedPeriod } from './period';
import { fetchReport, letGo, type Form, type ReportFailure, type ReportFile } from './reportFile';
import { SavedReport } from './SavedReport';

const FIELDS = ['since', 'until'] as const;

/** Asks for the report of a period, in one of its forms. */
export function ReportForm() {
	const { language } = useSpeech();
	const t = useTexts(compliance);
	const [typed, setTyped] = useState<TypedPeriod>({ since: '', until: '' });
	const [attempts, setAttempts] = useState(0);
	const [making, setMaking] = useState(false);
	const [file, setFile] = useState<ReportFile | null>(null);
	const [failure, setFailure] = useState<ReportFailure | null>(null);

	const { mistakes, period } = readPeriod(typed, serverNow());
	const wrong = (field: (typeof FIELDS)[number]) => {
		if (typeof failure === 'object' && failure?.field === field) return failure.text[language];
		const mistake = attempts > 0 ? mistakes[field] : undefined;
		return mistake ? t[mistake] : null;
	};
	const shown = FIELDS.flatMap((field) => {
		const text = wrong(field);
		return text ? [{ target: `report-${field}`, text: `${t[field]}: ${text}` }] : [];
	});
	const make = async (form: Form) => {
		if (making) return;
		if (file) letGo(file);
		setFile(null);
		setFailure(null);
		if (!period) return setAttempts((before) => before + 1);
		setMaking(true);
		const made = await fetchReport(form, period, language);
		setMaking(false);
		if ('name' in made) return setFile(made);
		setFailure(made.failure);
		setAttempts((before) => before + 1);
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void make('html');
			}}
		>
			<ErrorSummary key={attempts} title={t.fix} items={shown} />
			{FIELDS.map((field) => (
				<LineField
					key={field}
					id={`report-${field}`}
					label={t[field]}
					hint={t[`${field}Hint`]}
					error={wrong(field)}
					value={typed[field]}
					onChange={(value) => {
						setFailure(null);
						setTyped({ ...typed, [field]: value });
					}}
				/>
			))}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={making}>
					{t.forms.html}
				</button>
				{(['json', 'txt'] as const).map((form) => (
					<button
						key={form}
						type="button"
						className="button button-secondary"
						aria-disabled={making}
						onClick={() => void make(form)}
					>
						{t.forms[form]}
					</button>
				))}
			</div>
			<p role="status">{making && t.making}</p>
			{failure === 'signedOut' && <NotSignedIn />}
			{typeof failure === 'string' && failure !== 'signedOut' && (
				<Alert kind="error" title={t.failures[failure]} live />
			)}
			{file && <SavedReport key={file.report} file={file} />}
		</form>
	);
}
