import { Link, Outlet } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useOutdated } from '@/api/outdated';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { lazily } from '@/components/lazily';
import { dropDrafts, hasDrafts } from '@/features/report/draft';
import { SignInLink } from '@/features/session/SignInLink';
import { homeOf, isDemo, isKeeper, signOut, useViewer } from '@/features/session/viewer';
import { useSpeech, type Language } from '@/i18n';

/** What stands around every page. */
export function Layout() {
	const { m } = useSpeech();
	return (
		<>
			<a className="skip" href="#indhold">
				{m.common.skip}
			</a>
			{isDemo() && (
				<aside className="demo-banner" aria-label={m.demo.label}>
					<strong>{m.demo.label}</strong> {m.demo.text}
				</aside>
			)}
			<Header />
			<OfflineBanner />
			<OutdatedBanner />
			<WhileSignedIn />
			<main id="indhold" className="page">
				<Outlet />
			</main>
			<footer className="footer">
				<div className="wrap">
					<p>{m.footer.about}</p>
					<Link to="/law">{m.footer.law}</Link>
					<AccountLink />
					<Link to="/accessibility">{m.footer.accessibility}</Link>
				</div>
			</footer>
		</>
	);
}

const SignedOutBanner = lazily(() =>
	import('@/features/account/SignedOutBanner').then((module) => ({ default: module.SignedOutBanner })),
);

/** Watches over the session of whoever has one; a stranger need not load it. */
function WhileSignedIn() {
	const { viewer } = useViewer();
	if (!viewer) return null;
	return (
		<Suspense>
			<SignedOutBanner />
		</Suspense>
	);
}

/** On a phone the header has no room for the name that leads there. */
function AccountLink() {
	const { m } = useSpeech();
	const { viewer } = useViewer();
	return viewer && <Link to="/account">{m.footer.account}</Link>;
}

function Header() {
	const { m } = useSpeech();
	const { viewer } = useViewer();
	return (
		<header className="header">
			<div className="wrap header-row">
				<Link to="/" className="brand">
					<svg viewBox="0 0 32 32" width="34" height="34" aria-hidden="true" focusable="false">
						<rect width="32" height="32" rx="7" fill="#fff" />
						<path d="M7 8.5h4.6L16 19.6l4.4-11.1H25L18 25h-4z" fill="#12324f" />
						<circle cx="25" cy="7" r="3.6" fill="#ffb81c" />
					</svg>
					<span className="brand-name">{m.product}</span>
					<span className="brand-tagline">{m.tagline}</span>
				</Link>
				<nav aria-label={m.common.nav} className="header-nav">
					<MainLink />
					{isKeeper(viewer) && <Link to="/access">{m.common.access}</Link>}
				</nav>
				<div className="header-tools">
					<LanguageSwitch />
					{viewer ? (
						<>
							<Link to="/account" className="header-who" aria-label={m.common.account({ name: viewer.name })}>
								{viewer.name}
							</Link>
							<SignOut />
						</>
					) : (
						<SignInLink>{m.common.signIn}</SignInLink>
					)}
				</div>
			</div>
		</header>
	);
}

/** Leads to what somebody is here for; a security officer's place is that of all who keep access. */
function MainLink() {
	const { m } = useSpeech();
	const { viewer } = useViewer();
	if (viewer?.unit || viewer?.role === 'ADMINISTRATOR')
		return <Link to={homeOf(viewer)}>{viewer.unit ? m.common.queue : m.common.rules}</Link>;
	if (viewer?.role === 'SECURITY_OFFICER') return null;
	return (
		<Link to="/report" search={{ incident: undefined }}>
			{m.common.report}
		</Link>
	);
}

async function leave() {
	dropDrafts(sessionStorage);
	window.location.assign(await signOut());
}

/** Signing out takes the draft along, since the next person at this tab must not read it; so it asks first. */
function SignOut() {
	const { m } = useSpeech();
	const dialog = useRef<HTMLDialogElement>(null);
	return (
		<>
			<button
				type="button"
				className="link-button"
				onClick={() => (hasDrafts(sessionStorage) ? dialog.current?.showModal() : void leave())}
			>
				{m.common.signOut}
			</button>
			<ConfirmDialog
				ref={dialog}
				question={m.common.signOutSure}
				yes={m.common.signOutYes}
				no={m.common.signOutNo}
				onYes={() => void leave()}
			/>
		</>
	);
}

const NAMES: Record<Language, string> = { da: 'Dansk', en: 'English' };

function LanguageSwitch() {
	const { language, speak } = useSpeech();
	const other: Language = language === 'da' ? 'en' : 'da';
	return (
		<button type="button" className="link-button" lang={other} onClick={() => speak(other)}>
			{NAMES[other]}
		</button>
	);
}

function OfflineBanner() {
	const { m } = useSpeech();
	const [online, setOnline] = useState(navigator.onLine);
	useEffect(() => {
		const learn = () => setOnline(navigator.onLine);
		window.addEventListener('online', learn);
		window.addEventListener('offline', learn);
		return () => {
			window.removeEventListener('online', learn);
			window.removeEventListener('offline', learn);
		};
	}, []);
	return <div className="wrap">{!online && <Alert kind="warning" title={m.common.offline} live />}</div>;
}

/** What was typed stays in the tab, so loading anew loses nothing; when, is the person's choice. */
function OutdatedBanner() {
	const { m } = useSpeech();
	return (
		<div className="wrap">
			{useOutdated() && (
				<Alert kind="error" title={m.common.outdated} live>
					<button type="button" className="button button-primary" onClick={() => window.location.reload()}>
						{m.common.reload}
					</button>
				</Alert>
			)}
		</div>
	);
}
