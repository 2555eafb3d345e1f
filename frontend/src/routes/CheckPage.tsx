import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/Icon';
import { PageTitle } from '@/components/PageTitle';
import { Recipients } from '@/features/assessment/Recipients';
import { AllNotSent } from '@/features/incident/NotSent';
import { Answers } from '@/features/report/CheckAnswers';
import { Missing, Mistakes } from '@/features/report/CheckList';
import { loadDraft, saveDraft } from '@/features/report/draft';
import { DraftStatus } from '@/features/report/DraftStatus';
import { errorsByFact, withLabel } from '@/features/report/problems';
import Registered from '@/features/report/Registered';
import { useReport, type Report } from '@/features/report/ReportProvider';
import { SignInLink } from '@/features/session/SignInLink';
import { Outcome } from '@/features/report/Outcome';
import { lastStep } from '@/features/report/steps';
import { maybeSent, useSubmit, type Sending } from '@/features/report/useSubmit';
import { useSpeech, useTexts } from '@/i18n';
import { check } from '@/i18n/check';

/** All answers once more, where they will go, and the button that sends them. */
export function CheckPage() {
	const { m, language } = useSpeech();
	const t = useTexts(check);
	const report = useReport();
	const { sending, send } = useSubmit(report);
	const navigate = useNavigate();
	const { assessing, mistakes, discard } = report;
	const { assessment } = assessing;
	const refused = sending.state === 'refused' ? sending.problems : [];
	const errors = errorsByFact(mistakes, [...(assessment?.problems ?? []), ...refused], m, language);

	useEffect(() => {
		if (sending.state !== 'submitted') return;
		// Only now: until the receipt is certain, the draft is the only copy.
		discard();
		void navigate({
			to: '/incident/$id/receipt',
			params: { id: sending.incident },
			search: { filing: sending.filing, ...(sending.repeated ? { repeated: true } : {}) },
			replace: true,
		});
	}, [sending, discard, navigate]);

	return (
		<div className="check">
			<Link to="/report" search={{ step: lastStep(report.steps) }} className="back">
				<Icon name="back" />
				{m.common.back}
			</Link>
			<Mistakes errors={errors} />
			<PageTitle error={errors.size > 0}>{t.title}</PageTitle>
			{!maybeSent(sending) && <p className="lead">{t.nothingSent}</p>}
			<Missing missing={missingOf(sending, report)} />
			<Answers />
			<Registered
				back
				facts={report.steps.flatMap((step) => step.parts).flatMap((part) => part.registered)}
			/>
			<section aria-labelledby="recipients-title">
				<h2 id="recipients-title">{t.recipients}</h2>
				{assessment && assessment.routes.length > 0 ? (
					<Recipients routes={assessment.routes} />
				) : (
					<p>{t.noRecipients}</p>
				)}
				{assessment && <AllNotSent duties={assessment.obligations} routes={assessment.routes} />}
			</section>
			<SendForm report={report} blocked={errors.size > 0} sending={sending} send={send} />
			<DraftStatus />
		</div>
	);
}

/** What is missing: as the server said of what was sent, until that is changed; else as it is assessed. */
function missingOf(sending: Sending, { filing, assessing }: Report) {
	const isOf = sending.state === 'incomplete' && JSON.stringify(sending.of) === JSON.stringify(filing);
	return isOf ? sending.missing : (assessing.assessment?.missing ?? []);
}

/** Where this page is, for whoever signs in first. */
const here = (incident: string | undefined) =>
	`/report/check${incident ? `?incident=${encodeURIComponent(incident)}` : ''}`;

function SendForm(props: {
	report: Report;
	blocked: boolean;
	sending: Sending;
	send: (facts: Report['facts'], warningsSeen: boolean) => Promise<void>;
}) {
	const { m, say } = useSpeech();
	const t = useTexts(check);
	const { report, sending } = props;
	const [seen, setSeen] = useState(false);
	const [reminded, setReminded] = useState(false);
	const warnings =
		sending.state === 'unconfirmed' ? sending.warnings : (report.assessing.assessment?.warnings ?? []);
	const mustConfirm = warnings.some((warning) => warning.mustConfirm);
	const labelOf = (fact: string) => say(report.factById.get(fact)?.label ?? { da: fact, en: fact });
	if (report.viewer?.role !== 'REPORTER')
		return <SignInFirst name={report.viewer?.name} incident={report.earlier?.id} />;
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				setReminded(mustConfirm && !seen);
				if (sending.state === 'sending' || props.blocked || (mustConfirm && !seen)) return;
				void props.send(report.filing, seen);
			}}
		>
			{warnings.length > 0 && (
				<Alert kind="warning" title={t.warnings}>
					<ul>
						{warnings.map((warning) => (
							<li key={warning.fact + warning.code}>
								{withLabel(labelOf(warning.fact), say(warning.message))}
							</li>
						))}
					</ul>
				</Alert>
			)}
			{mustConfirm && (
				<div className={`form-group${reminded ? ' form-error' : ''}`}>
					{reminded && (
						<span className="form-error-message" id="confirm-error" role="alert">
							{t.confirmFirst}
						</span>
					)}
					<div className="form-group-checkbox">
						<input
							type="checkbox"
							className="form-checkbox"
							id="confirm"
							checked={seen}
							aria-describedby={reminded ? 'confirm-error' : undefined}
							onChange={(event) => setSeen(event.target.checked)}
						/>
						<label htmlFor="confirm">{t.confirm}</label>
					</div>
				</div>
			)}
			{report.earlier && !report.begun && <Alert kind="info" title={t.nothingNew} />}
			<Outcome sending={sending} back={here(report.earlier?.id)} />
			<div className="actions">
				{sending.state === 'other' && !report.earlier ? (
					<ReportChanges report={report} incident={sending.incident} />
				) : (
					<button type="submit" className="button button-primary" aria-disabled={sending.state === 'sending'}>
						{sending.state === 'sending' ? t.sending : maybeSent(sending) ? m.common.retry : t.send}
					</button>
				)}
			</div>
		</form>
	);
}

/** Takes the answers over to a further report on the incident that an earlier sending had filed. */
function ReportChanges({ report, incident }: { report: Report; incident: { id: string; number: string } }) {
	const t = useTexts(check);
	const navigate = useNavigate();
	const [refused, setRefused] = useState(false);
	const takeOver = () => {
		// What was begun there before stays where nothing newer was answered here.
		const answers = { ...loadDraft(sessionStorage, incident.id).answers, ...report.answers };
		// Only where they are kept there are they forgotten here, and is this page, which has the only copy, left.
		if (!saveDraft(sessionStorage, { answers, sending: null }, incident.id)) return setRefused(true);
		report.discard();
		void navigate({ to: '/report/check', search: { incident: incident.id } });
	};
	return (
		<>
			{refused && <Alert kind="error" title={t.otherNotKept} live focused />}
			<button type="button" className="button button-primary" onClick={takeOver}>
				{t.otherSend({ number: incident.number })}
			</button>
		</>
	);
}

function SignInFirst({ name, incident }: { name: string | undefined; incident: string | undefined }) {
	const t = useTexts(check);
	return (
		<section className="sign-in-first">
			<p>{name ? t.notReporter({ name }) : t.signInText}</p>
			<SignInLink back={here(incident)} className="button button-primary">
				{t.signInFirst}
			</SignInLink>
		</section>
	);
}
