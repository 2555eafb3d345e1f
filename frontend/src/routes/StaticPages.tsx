import { Link } from '@tanstack/react-router';
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
export function CrashPage() {
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
