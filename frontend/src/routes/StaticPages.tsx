import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { PageTitle } from '@/components/PageTitle';
import { useSpeech } from '@/i18n';

/** No such page. */
export function NotFoundPage() {
	const { m } = useSpeech();
	return (
		<>
			<PageTitle>{m.notFound.title}</PageTitle>
			<p className="lead">{m.notFound.text}</p>
			<Link to="/" className="button button-primary">
				{m.notFound.action}
			</Link>
		</>
	);
}

/** Something on the page broke; the draft of a report is safe. */
export function CrashPage(_: ErrorComponentProps) {
	const { m } = useSpeech();
	return (
		<>
			<PageTitle error>{m.crash.title}</PageTitle>
			<p className="lead">{m.crash.text}</p>
			<button type="button" className="button button-primary" onClick={() => window.location.reload()}>
				{m.crash.action}
			</button>
		</>
	);
}

/** What has been done for accessibility, and what has not. */
export function AccessibilityPage() {
	const { m } = useSpeech();
	const text = m.accessibility;
	return (
		<div className="prose">
			<PageTitle>{text.title}</PageTitle>
			<p className="lead">{text.goal}</p>
			<h2>{text.testedTitle}</h2>
			<ul>
				{text.tested.map((line) => (
					<li key={line}>{line}</li>
				))}
			</ul>
			<p>{text.automatic}</p>
			<h2>{text.gapsTitle}</h2>
			<ul>
				{text.gaps.map((line) => (
					<li key={line}>{line}</li>
				))}
			</ul>
			<h2>{text.contactTitle}</h2>
			<p>{text.contact}</p>
		</div>
	);
}
