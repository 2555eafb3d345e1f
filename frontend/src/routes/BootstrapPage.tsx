import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { problemIn } from '@/api/problem';
import { isSignedOut } from '@/api/signedOut';
import { Alert } from '@/components/Alert';
import { PageTitle } from '@/components/PageTitle';
import { BecomeAdministratorDocument } from '@/features/account/account.generated';
import { NotSignedIn } from '@/features/account/NotDone';
import { needsStepUp } from '@/features/account/stepUp';
import { StepUpDialog } from '@/features/account/StepUpDialog';
import { SignInLink } from '@/features/session/SignInLink';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { account } from '@/i18n/account';

/** Where the first administrator comes in, with the token that operations made. */
export function BootstrapPage() {
	const { m, language } = useSpeech();
	const t = useTexts(account);
	const { viewer, fetching } = useViewer();
	const [token, setToken] = useState('');
	const [problem, setProblem] = useState<string | null>(null);
	const [isSignedOutNow, setSignedOutNow] = useState(false);
	const [asked, setAsked] = useState(false);
	const [{ data, fetching: sending }, become] = useMutation(BecomeAdministratorDocument);
	const send = async () => {
		setAsked(false);
		setProblem(null);
		setSignedOutNow(false);
		const { error } = await become({ token });
		if (needsStepUp(error)) setAsked(true);
		else if (isSignedOut(error)) setSignedOutNow(true);
		else if (error) setProblem(problemIn(error, language) ?? t.bootstrap.failed);
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (token.trim()) void send();
		else setProblem(t.bootstrap.empty);
	};
	if (data) {
		return (
			<>
				<PageTitle>{t.bootstrap.title}</PageTitle>
				<Alert kind="success" title={t.bootstrap.done} live />
				<p>
					<Link to="/account">{t.bootstrap.toAccount}</Link>
				</p>
			</>
		);
	}
	return (
		<>
			<PageTitle>{t.bootstrap.title}</PageTitle>
			<p className="lead">{t.bootstrap.lead}</p>
			{isSignedOutNow && <NotSignedIn />}
			{/* A token that was typed stays where the session has ended meanwhile. */}
			{!viewer && !fetching && !token ? (
				<>
					<p role="alert">{t.signedOut}</p>
					<SignInLink className="button button-primary">{m.common.signIn}</SignInLink>
				</>
			) : (
				<form onSubmit={submit} noValidate>
					<div className={problem ? 'form-group form-error' : 'form-group'}>
						<label className="form-label" htmlFor="token">
							{t.bootstrap.token}
						</label>
						{problem && (
							<p className="form-error-message" id="token-problem" role="alert">
								{problem}
							</p>
						)}
						<input
							id="token"
							type="text"
							className="form-input"
							value={token}
							autoComplete="off"
							spellCheck={false}
							aria-invalid={problem ? true : undefined}
							aria-describedby={problem ? 'token-problem' : undefined}
							onChange={(event) => setToken(event.target.value)}
						/>
					</div>
					<div className="actions">
						<button type="submit" className="button button-primary" disabled={sending}>
							{t.bootstrap.action}
						</button>
					</div>
				</form>
			)}
			{asked && <StepUpDialog onDone={() => void send()} onCancel={() => setAsked(false)} />}
		</>
	);
}
