import { PageTitle } from '@/components/PageTitle';
import { useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';

/** What has been done for accessibility, and what has not. */
export function AccessibilityPage() {
	const t = useTexts(pages);
	const text = t.accessibility;
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
