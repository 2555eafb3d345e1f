import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import type { WordsFragment } from '@/api/shared.generated';
import { MeDocument } from '@/features/session/session.generated';
import { homeOf, isDemo, signInAs } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';

/** Signing in: by the identity provider, or in the demo by choosing an invented person. */
export function SignInPage() {
	const t = useTexts(pages);
	if (isDemo()) return <DemoPeople />;
	return (
		<>
			<PageTitle>{t.signIn.title}</PageTitle>
			<p className="lead">{t.signIn.oidcLead}</p>
			{/* A plain link: the server answers it with a redirect. */}
			<a href="/sign-in" className="button button-primary">
				{t.signIn.oidcAction}
			</a>
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
