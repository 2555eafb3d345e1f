import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Icon } from '@/components/Icon';
import { PageTitle } from '@/components/PageTitle';
import { PhoneLink } from '@/components/PhoneLink';
import { MyIncidents } from '@/features/incident/MyIncidents';
import { hasDraft } from '@/features/report/draft';
import { PhoneLinesDocument } from '@/features/session/phones.generated';
import { homeOf, takeBack, useViewer, type Viewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';

/** What Varsel is, and the one big action. */
export function StartPage() {
	const t = useTexts(pages);
	const { viewer } = useViewer();
	const navigate = useNavigate();
	const reporter = viewer?.role === 'REPORTER';
	useEffect(() => {
		const back = reporter ? takeBack() : null;
		if (back) void navigate({ href: back, replace: true });
	}, [reporter, navigate]);
	return (
		<>
			<div className="hero">
				<div className="hero-inner">
					<div>
						<PageTitle>{t.start.title}</PageTitle>
						<p className="lead">{t.start.lead}</p>
						{viewer && homeOf(viewer) !== '/' ? (
							<ToTasks viewer={viewer} />
						) : (
							<Link to="/report" className="button button-primary button-big">
								{hasDraft(sessionStorage) ? t.start.actionContinue : t.start.action}
								<Icon name="arrow" />
							</Link>
						)}
					</div>
					<section className="hero-steps" aria-labelledby="steps-title">
						<h2 id="steps-title">{t.start.steps}</h2>
						<ol className="big-steps">
							{[t.start.step1, t.start.step2, t.start.step3, t.start.step4].map((text) => (
								<li key={text}>{text}</li>
							))}
						</ol>
					</section>
				</div>
			</div>
			<div className="columns">
				<div className="columns-main">
					{reporter && <MyIncidents />}
					<div className="promises">
						<Promise title={t.start.notAll} text={t.start.notAllText} />
						<Promise title={t.start.liability} text={t.start.liabilityText} />
						<Promise title={t.start.minutes} text={t.start.minutesText} />
					</div>
				</div>
				<PhoneLines />
			</div>
		</>
	);
}

/** For those who do not report: who they are here, and where their own tasks are. */
function ToTasks({ viewer }: { viewer: Viewer }) {
	const t = useTexts(pages).start;
	const [who, action] = {
		ADMINISTRATOR: [t.administrator, t.administratorAction],
		SECURITY_OFFICER: [t.securityOfficer, t.securityOfficerAction],
		OFFICER: [t.officer, t.officerAction],
		COORDINATOR: [t.officer, t.officerAction],
		REPORTER: [t.officer, t.officerAction],
	}[viewer.role];
	return (
		<>
			<p>{who}</p>
			<Link to={homeOf(viewer)} className="button button-primary button-big">
				{action}
				<Icon name="arrow" />
			</Link>
		</>
	);
}

function Promise({ title, text }: { title: string; text: string }) {
	return (
		<section className="promise">
			<h2>{title}</h2>
			<p>{text}</p>
		</section>
	);
}

/** Every line that the pack knows, the cyber centre's first. */
function PhoneLines() {
	const { say } = useSpeech();
	const t = useTexts(pages);
	const [{ data }] = useQuery({ query: PhoneLinesDocument });
	const lines = (data?.pack.units ?? [])
		.filter((unit) => unit.phone)
		.toSorted((a, b) => Number(b.kind === 'CSIRT') - Number(a.kind === 'CSIRT'));
	if (lines.length === 0) return null;
	return (
		<section className="columns-side phone-lines" aria-labelledby="phone-title">
			<h2 id="phone-title">{t.start.phone}</h2>
			<p>{t.start.phoneText}</p>
			<ul>
				{lines.map((unit) => (
					<li key={unit.id}>
						<Icon name="phone" />
						<span>
							<PhoneLink number={unit.phone ?? ''} />
							<span className="phone-who">{say(unit.name)}</span>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
