import { Disclosure } from '@/components/Disclosure';
import { useTexts } from '@/i18n';
import { law } from '@/i18n/law';

const LEVELS = ['primary', 'official', 'secondary', 'derived', 'own-design', 'general-knowledge'] as const;

type Level = (typeof LEVELS)[number];

const isLevel = (word: string | null): word is Level => LEVELS.some((level) => level === word);

/** How certainly something was read, in a lawyer's words rather than the pack's (`primary`) or the API's (`PRIMARY`). */
export function Confidence(props: { level: string | null }) {
	const t = useTexts(law);
	const level = props.level && props.level.toLowerCase().replaceAll('_', '-');
	const known = isLevel(level);
	return (
		<span className={`confidence${known ? ` confidence-${level}` : ''}`}>
			{known ? t.confidence[level] : (level ?? t.confidenceOther)}
		</span>
	);
}

/** What the words mean, from the most certain to what must be verified. */
export function ConfidenceKey() {
	const t = useTexts(law);
	return (
		<Disclosure summary={t.confidenceKey}>
			<dl className="key">
				{LEVELS.map((level) => (
					<div key={level}>
						<dt>
							<Confidence level={level} />
						</dt>
						<dd>{t.confidenceText[level]}</dd>
					</div>
				))}
			</dl>
		</Disclosure>
	);
}
