import type { WhyFragment } from '@/api/shared.generated';
import { useSpeech } from '@/i18n';

/** Why something is so, each reason with its source in law. */
export function Reasons({ because }: { because: readonly WhyFragment[] }) {
	const { say } = useSpeech();
	return (
		<ul className="reasons">
			{because.map((reason) => (
				<li key={reason.cite + reason.text.en}>
					{say(reason.text)} {reason.cite && <span className="cite">{reason.cite}</span>}
				</li>
			))}
		</ul>
	);
}
