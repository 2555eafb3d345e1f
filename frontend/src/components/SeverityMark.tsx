import { useSpeech } from '@/i18n';
import type { WordsFragment } from '@/api/shared.generated';

/** One shape a level, so that it reads without colour: circle, circle, diamond, triangle, octagon, filled octagon. */
const SHAPES = [
	'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12Z',
	'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z',
	'M12 2 22 12 12 22 2 12Z',
	'M12 2.5 23 21.5H1Z',
	'M8 2h8l6 6v8l-6 6H8l-6-6V8Z',
	'M8 1h8l7 7v8l-7 7H8l-7-7V8Zm3 5v8h2V6Zm0 10v2h2v-2Z',
];

/** How severe an incident is, in word, shape and colour. */
export function SeverityMark({ level, name }: { level: number; name?: WordsFragment }) {
	const { m, say } = useSpeech();
	const step = Math.min(Math.max(level, 0), SHAPES.length - 1);
	return (
		<span className={`severity severity-${step}`}>
			<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
				<path d={SHAPES[step]} fill="currentColor" fillRule="evenodd" />
			</svg>
			<span>{name ? say(name) : m.severityWords[step]}</span>
		</span>
	);
}
