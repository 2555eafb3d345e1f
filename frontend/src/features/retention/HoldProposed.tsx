import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';
import { lastDayOf } from './hold';

/** What a change about a hold does, for whoever approves it: which incident, until when, and what that means. */
export function HoldProposed({ number, until }: { number: string; until: string | null }) {
	const { language } = useSpeech();
	const t = useTexts(retention);
	const now = useNow();
	return (
		<>
			<p className="prose">{until ? t.placed : t.lifted}</p>
			<dl className="answers">
				<div className="answers-row">
					<dt>{t.incident}</dt>
					<dd>{number}</dd>
				</div>
				{until && (
					<div className="answers-row">
						<dt>{t.until}</dt>
						<dd>{lastDayOf(new Date(until), language, now)}</dd>
					</div>
				)}
			</dl>
		</>
	);
}
