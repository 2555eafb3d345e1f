import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import type { WordsFragment } from '@/api/shared.generated';
import { tellSignedIn } from '@/features/account/signedIn';
import { MeDocument } from '@/features/session/session.generated';
import { LocalSignIn } from '@/features/local/LocalSignIn';
import { homeOf, isDemo, signInAs } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import { pages } from '@/i18n/pages';

/** Signing in: by choosing an identity provider, or in the demo an invented person. */
export function SignInPage() {
	return isDemo() ? <DemoPeople /> : <Providers />;
}

type Provider = { name: string; label: WordsFragment };

type Ways = { local: { passkeys: boolean } | null };

/** A page of this site; never an address that leads elsewhere. */
const ownPath = (path: string | null) => (path && /^\/(?![/\\])/.test(path) ? path : '/');

/** The choice between providers and Varsel's own accounts; the server leads to a single provider by itself. */
function Providers() {
	const t = useTexts(local).signIn;
	const [ways, setWays] = useState<Ways | 'failed' | null>(null);
	useEffect(() => {
		fetch('/sign-in/ways')
			.then((response) => response.json())
			.then((found: Ways) => setWays(found))
			.catch(() => setWays('failed'));
	}, []);
	const asked = new URLSearchParams(window.location.search);
	const again = asked.get('again') === 'true';
	const next = ownPath(asked.get('next'));
	const own = ways !== null && ways !== 'failed' ? ways.local : null;
	return (
		<>
			{again ? <Again /> : <OfProviders next={next} alone={!own} />}
			{ways === 'failed' && <p role="alert">{t.waysFailed}</p>}
			{own && <LocalSignIn passkeys={own.passkeys} again={again} next={next} />}
		</>
	);
}

function Again() {
	const t = useTexts(local).signIn;
	return (
		<>
			<PageTitle>{t.againTitle}</PageTitle>
			<p className="lead">{t.againLead}</p>
		</>
	);
}

function OfProviders({ next, alone }: { next: string; alone: boolean }) {
	const { say } = useSpeech();
	const t = useTexts(pages);
	const [providers, setProviders] = useState<Provider[] | 'failed' | null>(null);
	useEffect(() => {
		fetch('/sign-in/providers')
			.then((response) => response.json())
			.then((list: Provider[]) => setProviders(list))
			.catch(() => setProviders('failed'));
	}, []);
	const some = !Array.isArray(providers) || providers.length > 0 || alone;
	return (
		<>
			<PageTitle>{t.signIn.title}</PageTitle>
			{some && <p className="lead">{t.signIn.oidcLead}</p>}
			{Array.isArray(providers) ? (
				<ul className="people">
					{providers.map(({ name, label }) => (
						<li key={name}>
							{/* A plain link: the server answers it with a redirect. */}
							<a href={`/sign-in/${name}?next=${encodeURIComponent(next)}`} className="person">
								<strong>{say(label)}</strong>
							</a>
						</li>
					))}
				</ul>
			) : (
				<Loading failed={providers === 'failed'} failure={t.signIn.providersFailed} />
			)}
		</>
	);
}

type Person = { id: string; name: string; role: string; title: WordsFragment; belongsTo: WordsFragment };

const ROLES = ['reporter', 'officer', 'coordinator', 'security_officer', 'administrator'] as const;

function DemoPeople() {
	const t = useTexts(pages);
	const client = useClient();
	const [people, setPeople] = useState<Person[] | 'failed' | null>(null);
	const [failed, setFailed] = useState(false);
	useEffect(() => {
		fetch('/demo/people')
			.then((response) => response.json())
			.then((list: Person[]) => setPeople(list))
			.catch(() => setPeople('failed'));
	}, []);
	const choose = async (person: Person) => {
		setFailed(false);
		if (!(await signInAs(person.id))) return setFailed(true);
		tellSignedIn();
		const { data } = await client.query(MeDocument, {}, { requestPolicy: 'network-only' }).toPromise();
		// A whole new page: nothing of what the last person saw stays in memory.
		window.location.assign(homeOf(data?.me ?? null));
	};
	return (
		<>
			<PageTitle>{t.signIn.demoTitle}</PageTitle>
			<p className="lead">{t.signIn.demoLead}</p>
			{failed && <Alert kind="error" title={t.signIn.failed} live />}
			{Array.isArray(people) ? (
				ROLES.map((role) => (
					<PeopleOf
						key={role}
						title={t.signIn.roles[role]}
						people={people.filter((person) => person.role.toLowerCase() === role)}
						onChoose={choose}
					/>
				))
			) : (
				<Loading failed={people === 'failed'} failure={t.signIn.peopleFailed} />
			)}
		</>
	);
}

function PeopleOf(props: { title: string; people: Person[]; onChoose: (person: Person) => Promise<void> }) {
	const { say } = useSpeech();
	const t = useTexts(pages);
	if (props.people.length === 0) return null;
	return (
		<section>
			<h2>{props.title}</h2>
			<ul className="people">
				{props.people.map((person) => (
					<li key={person.id}>
						<button type="button" className="person" onClick={() => void props.onChoose(person)}>
							<span className="sr-only">{t.signIn.as({ name: '' }).trim()} </span>
							<strong>{person.name}</strong>
							<span>{say(person.title)}</span>
							<span className="person-org">{say(person.belongsTo)}</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}
