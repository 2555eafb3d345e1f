import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { BackLink } from '@/features/law/PackPage';
import { KeepForm } from '@/features/retention/KeepForm';
import { ReleaseForm } from '@/features/retention/ReleaseForm';
import { KeptPersonDocument, type KeptPersonQuery } from '@/features/retention/retention.generated';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';

/** Proposes to keep what the log of use tells of a person's acts beyond its deadline. */
export function KeepUsesPage() {
	const { keepTitle, keepLead } = useTexts(keptUses).form;
	const { person } = useSearch({ from: '/retention/keep' });
	return (
		<Proposal title={keepTitle} lead={keepLead} person={person}>
			{(id) => <KeepForm key={id} person={id} />}
		</Proposal>
	);
}

/** Proposes that it is kept no longer. */
export function ReleaseUsesPage() {
	const { releaseTitle, releaseLead } = useTexts(keptUses).form;
	const { person } = useSearch({ from: '/retention/release' });
	return (
		<Proposal title={releaseTitle} lead={releaseLead} person={person}>
			{(id) => <ReleaseForm key={id} person={id} />}
		</Proposal>
	);
}

type Form = (person: string) => ReactNode;

function Proposal(props: { title: string; lead: string; person: string | undefined; children: Form }) {
	const { back } = useTexts(retention).form;
	const t = useTexts(keptUses);
	return (
		<OnlyAdministrators title={props.title}>
			<div className="law">
				<BackLink to="/retention">{back}</BackLink>
				<PageTitle>{props.title}</PageTitle>
				<p className="lead">{props.lead}</p>
				{props.person ? (
					<Known key={props.person} id={props.person} form={props.children} />
				) : (
					<Nobody title={t.nobody} text={t.nobodyText} />
				)}
			</div>
		</OnlyAdministrators>
	);
}

/** There is nobody to propose it of; people are found where rights are kept. */
function Nobody({ title, text }: { title: string; text: string }) {
	const t = useTexts(keptUses);
	return (
		<Alert kind="warning" title={title}>
			<p>{text}</p>
			<p>
				<Link to="/access">{t.findPerson}</Link>
			</p>
		</Alert>
	);
}

/** Fetches the person, so that whoever proposes sees whose acts they are. */
function Known({ id, form }: { id: string; form: Form }) {
	const t = useTexts(keptUses);
	const [{ data, fetching, error }, again] = useQuery({ query: KeptPersonDocument, variables: { id } });
	if (data?.person) return <Person person={data.person} form={form} />;
	if (data && !error) return <Nobody title={t.notFound} text={t.notFoundText} />;
	const retry = () => again({ requestPolicy: 'network-only' });
	return <Loading failed={!fetching} failure={t.failed} onRetry={retry} />;
}

function Person({ person, form }: { person: NonNullable<KeptPersonQuery['person']>; form: Form }) {
	const { say } = useSpeech();
	const t = useTexts(keptUses);
	const { viewer } = useViewer();
	const { id, name, email, home } = person;
	const more = [email, home && say(home)].filter(Boolean).join(', ');
	return (
		<>
			<dl className="facts-bar">
				<div>
					<dt>{t.whose}</dt>
					<dd>
						{name}
						{more && <span className="quiet law-one">{more}</span>}
					</dd>
				</div>
			</dl>
			{viewer?.id === id ? (
				<Alert kind="warning" title={t.own}>
					<p>{t.ownText}</p>
				</Alert>
			) : (
				form(id)
			)}
		</>
	);
}
