import { useEffect, useState } from 'react';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { tellSignedIn } from '@/features/account/signedIn';
import { makePasskey, send, type Answer, type Codes, type Problem } from '@/features/local/api';
import { PasskeyForm, PasswordForm } from '@/features/local/ChooseFactors';
import { RecoveryCodes } from '@/features/local/RecoveryCodes';
import { useWords } from '@/features/local/words';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';

type Welcome = {
	again: boolean;
	name: string;
	login: string;
	passkeys: boolean;
	shortest: number;
	codes: Codes;
};

type Enrolled = { recoveryCodes: string[] };

/** Where the link of an invitation leads: choosing how to sign in. */
export function WelcomePage() {
	const t = useTexts(local).welcome;
	const words = useWords();
	const [token] = useState(() => window.location.hash.slice(1));
	const [welcome, setWelcome] = useState<Answer<Welcome> | null>(null);
	const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
	useEffect(() => {
		if (token) void send<Welcome>('/local/link', { token }).then(setWelcome);
	}, [token]);
	const settle = ({ data, problem }: Answer<Enrolled>): Problem | undefined => {
		if (problem) return problem;
		tellSignedIn();
		setEnrolled(data);
		return undefined;
	};
	if (enrolled) return <Done codes={enrolled.recoveryCodes} />;
	return (
		<>
			<PageTitle>{t.title}</PageTitle>
			{!token && <p role="alert">{t.noLink}</p>}
			{token && !welcome && <Loading failed={false} failure="" />}
			{welcome?.problem && <Alert kind="error" title={words(welcome.problem)} live />}
			{welcome?.data && <Choice token={token} welcome={welcome.data} settle={settle} />}
		</>
	);
}

function Choice(props: {
	token: string;
	welcome: Welcome;
	settle: (answer: Answer<Enrolled>) => Problem | undefined;
}) {
	const t = useTexts(local).welcome;
	const { token, welcome, settle } = props;
	const { name, login, codes } = welcome;
	return (
		<>
			<p className="lead">{t.lead({ name, login })}</p>
			{welcome.again && <p>{t.again}</p>}
			{welcome.passkeys && (
				<section aria-labelledby="passkey-title">
					<h2 id="passkey-title">{t.passkeyTitle}</h2>
					<p>{t.passkeyText}</p>
					<PasskeyForm
						label={t.passkey}
						begin={() => makePasskey('/local/link/passkey/begin', { token })}
						onShown={async (shown, called) =>
							settle(await send<Enrolled>('/local/link/passkey/complete', { token, ...shown, name: called }))
						}
					/>
				</section>
			)}
			<section aria-labelledby="password-title">
				<h2 id="password-title">{t.passwordTitle}</h2>
				<PasswordForm
					login={login}
					codes={codes}
					shortest={welcome.shortest}
					label={t.action}
					onChosen={async (password, code) => {
						const chosen = { token, ceremony: codes.ceremony, password, code };
						return settle(await send<Enrolled>('/local/link/password', chosen));
					}}
				/>
			</section>
		</>
	);
}

/** A whole new page: it is somebody's first with this session. */
const goOn = () => window.location.assign('/account');

function Done({ codes }: { codes: string[] }) {
	const t = useTexts(local).welcome;
	return (
		<>
			<PageTitle>{t.done}</PageTitle>
			{codes.length > 0 ? (
				<RecoveryCodes codes={codes} onKept={goOn} />
			) : (
				<>
					<p className="lead">{t.doneText}</p>
					<button type="button" className="button button-primary" onClick={goOn}>
						{t.goOn}
					</button>
				</>
			)}
		</>
	);
}
