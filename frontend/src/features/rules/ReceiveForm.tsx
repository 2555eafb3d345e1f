import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Alert } from '@/components/Alert';
import { Disclosure } from '@/components/Disclosure';
import { NotSignedIn } from '@/features/account/NotDone';
import { useSpeech, useTexts } from '@/i18n';
import { number } from '@/i18n/format';
import { rules } from '@/i18n/rules';
import {
	readPack,
	sendPack,
	type ChoiceMistake,
	type PackFiles,
	type PackProblem,
	type Received,
} from './packFiles';

/** Lets a whole folder be chosen; every browser of a desk knows it, React's types do not. */
const FOLDER = { webkitdirectory: '' };

const NOTHING: ReturnType<typeof readPack> = Promise.resolve({ mistake: { code: 'nothingChosen' } });

/** Receives a version: the folder is read here, sent, checked, and its mistakes are shown where they are. */
export function ReceiveForm() {
	const { language } = useSpeech();
	const t = useTexts(rules);
	const navigate = useNavigate();
	const input = useRef<HTMLInputElement>(null);
	// A person may send before a large folder has been read.
	const reading = useRef(NOTHING);
	const [chosen, setChosen] = useState<PackFiles | null>(null);
	const [mistake, setMistake] = useState<ChoiceMistake | null>(null);
	const [sending, setSending] = useState(false);
	const [received, setReceived] = useState<Received | null>(null);

	const size = (bytes: number) => `${number(Math.ceil(bytes / 1024), language)} KiB`;
	const choose = async (files: readonly File[]) => {
		setReceived(null);
		reading.current = readPack(files);
		const found = await reading.current;
		setMistake('mistake' in found ? found.mistake : null);
		setChosen('mistake' in found ? null : found);
	};
	const send = async () => {
		if (sending) return;
		const found = await reading.current;
		if ('mistake' in found) return setMistake(found.mistake);
		setSending(true);
		const answer = await sendPack(found.files);
		setSending(false);
		if ('version' in answer) {
			return void navigate({ to: '/rules/version/$version', params: { version: answer.version } });
		}
		setReceived(answer);
		// The same folder can be sent after signing in.
		if ('refused' in answer && answer.refused === 'signedOut') return;
		// A mended folder has to be read anew.
		reading.current = NOTHING;
		setChosen(null);
		if (input.current) input.current.value = '';
	};
	const words = (of: ChoiceMistake) => {
		if (of.code === 'tooBig') return t.tooBig({ size: size(of.bytes) });
		return of.code === 'unreadable' ? t.unreadable({ what: of.what }) : t[of.code];
	};
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<p className="prose">{t.receiveText}</p>
			<div className={mistake ? 'form-group form-error' : 'form-group'}>
				<label className="form-label" htmlFor="pack-folder">
					{t.folder}
				</label>
				<span className="form-hint" id="pack-hint">
					{t.folderHint}
				</span>
				<p className="form-error-message" id="pack-error" role="alert">
					{mistake && words(mistake)}
				</p>
				<input
					ref={input}
					type="file"
					id="pack-folder"
					className="pack-folder"
					multiple
					{...FOLDER}
					aria-describedby="pack-hint pack-error"
					{...(mistake ? { 'aria-invalid': true } : {})}
					onChange={(event) => void choose([...(event.target.files ?? [])])}
				/>
				{chosen && (
					<Disclosure
						summary={`${t.chosen({ n: Object.keys(chosen.files).length, size: size(chosen.bytes) })}. ${t.chosenFiles}`}
					>
						<ul className="reasons">
							{Object.keys(chosen.files).map((path) => (
								<li key={path}>{path}</li>
							))}
						</ul>
					</Disclosure>
				)}
			</div>
			<button type="submit" className="button button-primary" aria-disabled={sending}>
				{sending ? t.sending : t.send}
			</button>
			{received && 'refused' in received && <Refused why={received.refused} />}
			{received && 'problems' in received && <Problems problems={received.problems} />}
		</form>
	);
}

function Refused({ why }: { why: Extract<Received, { refused: unknown }>['refused'] }) {
	const t = useTexts(rules);
	if (why === 'signedOut') return <NotSignedIn />;
	return <Alert kind="error" title={t.refused[why]} live />;
}

function Problems({ problems }: { problems: readonly PackProblem[] }) {
	const t = useTexts(rules);
	const { language } = useSpeech();
	return (
		<>
			<Alert kind="error" title={t.problems({ n: problems.length })} live>
				<p>{t.problemsText}</p>
			</Alert>
			<table className="law-table">
				<caption className="sr-only">{t.problems({ n: problems.length })}</caption>
				<thead>
					<tr>
						<th scope="col">{t.file}</th>
						<th scope="col">{t.line}</th>
						<th scope="col">{t.toWrite}</th>
					</tr>
				</thead>
				<tbody>
					{problems.map((problem) => (
						<tr key={`${problem.file}:${problem.line}:${problem.message}`}>
							<th scope="row" data-label={t.file}>
								{problem.file}
							</th>
							<td data-label={t.line}>{problem.line}</td>
							<td data-label={t.toWrite}>{problem.text[language]}</td>
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}
