import type { ConfirmedFragment, HeldFragment } from '@/api/shared.generated';
import { SeverityMark } from '@/components/SeverityMark';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { severity as texts } from '@/i18n/severity';

/** The level that holds; marked where nobody has confirmed it, or where another is proposed since. */
export function SeverityHeld({ severity }: { severity: HeldFragment }) {
	const t = useTexts(texts);
	const { confirmation } = severity;
	return (
		<span className="severity-held">
			<SeverityMark level={severity.level} name={severity.name} />
			{!confirmation && <span className="mark">{t.proposed}</span>}
			{confirmation?.outdated && <span className="mark mark-changed">{t.outdatedMark}</span>}
		</span>
	);
}

/** Whoever confirmed, as far as the viewer may know, when, and against which proposal. */
export function useConfirmedWords() {
	const { say, language } = useSpeech();
	const t = useTexts(texts);
	const now = useNow();
	return (made: ConfirmedFragment & { by?: string | null }) => {
		const unit = made.unit ? say(made.unit.name) : t.lead;
		const who = made.by ? t.person({ name: made.by, unit }) : unit;
		const when = moment(new Date(made.at), language, now);
		if (made.level === made.proposedLevel) return t.confirmed({ who, when });
		return t.set({ who, when, proposed: say(made.proposedName) });
	};
}

/** In a sentence: proposed only, or confirmed by whom and when. */
export function SeverityState(props: { confirmation: (ConfirmedFragment & { by?: string | null }) | null }) {
	const t = useTexts(texts);
	const words = useConfirmedWords();
	return <p className="severity-state">{props.confirmation ? words(props.confirmation) : t.notConfirmed}</p>;
}
