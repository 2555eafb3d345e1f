import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Icon } from '@/components/Icon';
import { PageTitle } from '@/components/PageTitle';
import { MyIncidents } from '@/features/incident/MyIncidents';
import { hasDraft } from '@/features/report/draft';
import { PhoneLinesDocument } from '@/features/session/phones.generated';
import { homeOf, takeBack, useViewer } from '@/features/session/viewer';
import { useSpeech } from '@/i18n';

/** What Varsel is, and the one big action. */
export function StartPage() {
	const { m } = useSpeech();
	const { viewer } = useViewer();
	const navigate = useNavigate();
	const reporter = viewer?.role === 'REPORTER';
	useEffect(() => {
		const back = reporter ? takeBack() : null;
		if (back) void navigate({ to: back, replace: true });
	}, [reporter, navigate]);
	return (
		<>
			<div className="hero">
				<div className="hero-inner">
					<PageTitle>{m.start.title}</PageTitle>
					<p className="lead">{m.start.lead}</p>
					{viewer?.unit ? (
						<>
							<p>{m.start.officer}</p>
							<Link to={homeOf(viewer)} className="button button-primary button-big">
								{m.start.officerAction}
								<Icon name="arrow" />
							</Link>
						</>
					) : (
						<Link to="/report" className="button button-primary button-big">
							{hasDraft(sessionStorage) ? m.start.actionContinue : m.start.action}
							<Icon name="arrow" />
						</Link>
					)}
				</div>
			</div>
			{reporter && <MyIncidents />}
			<div className="promises">
				<Promise title={m.start.notAll} text={m.start.notAllText} />
				<Promise title={m.start.liability} text={m.start.liabilityText} />
				<Promise title={m.start.minutes} text={m.start.minutesText} />
			</div>
			<div className="columns">
				<section className="columns-main" aria-labelledby="steps-title">
					<h2 id="steps-title">{m.start.steps}</h2>
					<ol className="big-steps">
						{[m.start.step1, m.start.step2, m.start.step3, m.start.step4].map((text) => (
							<li key={text}>{text}</li>
						))}
					</ol>
				</section>
				<PhoneLines />
			</div>
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

/** The lines anybody may phone: the cyber centre's and the public hotline's. Sector units answer their own sector. */
function PhoneLines() {
	const { m, say } = useSpeech();
	const [{ data }] = useQuery({ query: PhoneLinesDocument });
	const lines = (data?.pack.units ?? []).filter(
		(unit) => unit.phone && (unit.kind === 'CSIRT' || unit.kind === 'OTHER'),
	);
	return (
		<section className="columns-side phone-lines" aria-labelledby="phone-title">
			<h2 id="phone-title">{m.start.phone}</h2>
			<p>{m.start.phoneText}</p>
			<ul>
				{lines.map((unit) => (
					<li key={unit.id}>
						<Icon name="phone" />
						<span>
							<a href={`tel:${unit.phone?.replaceAll(' ', '')}`}>{unit.phone}</a>
							<span className="phone-who">{say(unit.name)}</span>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
