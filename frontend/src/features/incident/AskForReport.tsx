import { useId, useState } from 'react';
import { useClient } from 'urql';
import { serverNow } from '@/api/clock';
import type { WordsFragment } from '@/api/shared.generated';
import { Alert } from '@/components/Alert';
import { ErrorSummary } from '@/components/ErrorSummary';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import type { CasePageQuery } from '@/features/queue/queue.generated';
import { MomentInputs } from '@/features/report/fields/MomentField';
import { emptyMoment, readMoment, typedFrom } from '@/features/report/moment';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';
import { moment } from '@/i18n/format';
import { RequestReportDocument } from './request.generated';

const DAY_MS = 86_400_000;

/** The longest time that a unit may give, in days; the server has the same. */
const LONGEST = 366;

/** What is offered with one press, in days. */
const USUAL = [3, 7, 14];

type Requestable = NonNullable<CasePageQuery['case']>['incident']['requestable'];
type Asked = { report: WordsFragment; at: Date };

/** Asks for a report that is owed only on request, by a time; says what was asked for. */
export default function AskForReport(props: {
	incident: string;
	requestable: Requestable;
	onDone: () => void;
}) {
	const { say, language } = useSpeech();
	const t = useTexts(authority).ask;
	const [isOpen, setOpen] = useState(false);
	const [asked, setAsked] = useState<Asked | null>(null);
	const { incident, requestable } = props;
	return (
		<div className="no-print">
			{asked && (
				<Alert
					kind="success"
					key={asked.at.getTime()}
					title={t.done({ report: say(asked.report), when: moment(asked.at, language, serverNow()) })}
					live
					focused
				/>
			)}
			{requestable.length > 0 && (
				<button
					type="button"
					className="button button-secondary"
					aria-expanded={isOpen}
					onClick={() => setOpen(!isOpen)}
				>
					{t.open}
				</button>
			)}
			{isOpen && requestable.length > 0 && (
				<RequestForm
					incident={incident}
					requestable={requestable}
					onDone={(what) => {
						setAsked(what);
						setOpen(false);
						props.onDone();
					}}
				/>
			)}
		</div>
	);
}

function RequestForm(props: { incident: string; requestable: Requestable; onDone: (asked: Asked) => void }) {
	const { say } = useSpeech();
	const t = useTexts(authority).ask;
	const client = useClient();
	const id = useId();
	const [chosen, setChosen] = useState(0);
	const [due, setDue] = useState(emptyMoment);
	const [attempts, setAttempts] = useState(0);
	const tried = attempts > 0;
	const [sending, setSending] = useState(false);
	const [refusal, setRefusal] = useState<WordsFragment | Unanswered | null>(null);
	const { reading, mistake } = useDue(due);
	const send = async () => {
		setAttempts((before) => before + 1);
		setRefusal(null);
		const report = props.requestable[chosen];
		if (mistake || 'mistake' in reading || !report || sending) return;
		const { regime, stage } = report;
		const input = { incident: props.incident, regime, stage, due: reading.iso };
		setSending(true);
		const { data, error } = await client.mutation(RequestReportDocument, { input }).toPromise();
		setSending(false);
		const answer = data?.requestReport;
		if (!answer) return setRefusal({ error });
		if (answer.__typename === 'ReportRequestRefused') return setRefusal(answer.message);
		props.onDone({ report: report.stageName, at: reading.at });
	};
	return (
		<form
			noValidate
			aria-label={t.open}
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			{tried && (
				<ErrorSummary
					key={attempts}
					title={t.fix}
					items={mistake ? [{ target: `${id}-due`, text: `${t.due}: ${mistake}` }] : []}
				/>
			)}
			<p className="prose">{t.text}</p>
			<ReportChoice id={id} {...{ requestable: props.requestable, chosen, setChosen }} />
			<Due id={`${id}-due`} value={due} set={setDue} mistake={tried ? mistake : null} />
			{refusal && 'error' in refusal && <NotDone {...refusal} otherwise={t.notSent} />}
			{refusal && 'da' in refusal && (
				<Alert kind="error" title={t.refused} live>
					<p>{say(refusal)}</p>
				</Alert>
			)}
			<div className="actions">
				<button type="submit" className="button button-primary" aria-disabled={sending}>
					{sending ? t.sending : t.send}
				</button>
			</div>
		</form>
	);
}

/** How the fields are read, and what is wrong with it: unreadable, past, or too far ahead. */
function useDue(due: typeof emptyMoment) {
	const { m } = useSpeech();
	const t = useTexts(authority).ask;
	const now = serverNow();
	const reading = readMoment(due, now, true);
	if ('mistake' in reading) return { reading, mistake: m.report.mistake[reading.mistake] };
	const ahead = reading.at.getTime() - now.getTime();
	return { reading, mistake: ahead > 0 && ahead <= LONGEST * DAY_MS ? null : t.past };
}

function ReportChoice(props: {
	id: string;
	requestable: Requestable;
	chosen: number;
	setChosen: (chosen: number) => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(authority).ask;
	return (
		<div className="form-group">
			<label className="form-label" htmlFor={`${props.id}-report`}>
				{t.report}
			</label>
			<select
				className="form-select"
				id={`${props.id}-report`}
				value={props.chosen}
				onChange={(event) => props.setChosen(Number(event.target.value))}
			>
				{props.requestable.map((each, place) => (
					<option key={`${each.regime}/${each.stage}`} value={place}>
						{`${say(each.stageName)} (${say(each.regimeName)})`}
					</option>
				))}
			</select>
		</div>
	);
}

/** So many days from now. */
const after = (days: number) => typedFrom(new Date(serverNow().getTime() + days * DAY_MS), true);

function Due(props: {
	id: string;
	value: typeof emptyMoment;
	set: (value: typeof emptyMoment) => void;
	mistake: string | null;
}) {
	const t = useTexts(authority).ask;
	const { id, mistake } = props;
	return (
		<fieldset className={mistake ? 'form-group form-error' : 'form-group'} aria-describedby={`${id}-hint`}>
			<legend className="form-label">{t.due}</legend>
			<span className="form-hint" id={`${id}-hint`}>
				{t.dueHint}
			</span>
			{mistake && (
				<span className="form-error-message" id={`${id}-error`}>
					{mistake}
				</span>
			)}
			<MomentInputs
				id={id}
				describedBy={mistake ? `${id}-error` : undefined}
				invalid={mistake !== null}
				value={props.value}
				set={props.set}
				coming
				quick={USUAL.map((n) => [t.inDays({ n }), () => after(n)] as const)}
			/>
		</fieldset>
	);
}
