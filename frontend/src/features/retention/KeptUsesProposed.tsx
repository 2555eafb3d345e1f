import { Link } from '@tanstack/react-router';
import { useNow } from '@/components/useNow';
import type { KeptUsesChange } from '@/features/rules/payload';
import { useSpeech, useTexts } from '@/i18n';
import { keptUses } from '@/i18n/keptUses';
import { lastDayOf } from './hold';
import { periodOf } from './keep';

/** What a change about kept log entries does, for whoever approves it: whose acts, of which time, until when. */
export function KeptUsesProposed({ change }: { change: KeptUsesChange }) {
	const { language } = useSpeech();
	const t = useTexts(keptUses);
	const now = useNow();
	const { person, name, keeps } = change;
	return (
		<>
			<p className="prose">{keeps ? t.kept : t.released}</p>
			<dl className="answers">
				<div className="answers-row">
					<dt>{t.whose}</dt>
					<dd>
						<Link to="/access/person/$id" params={{ id: person }}>
							{name}
						</Link>
					</dd>
				</div>
				{keeps && (
					<>
						<div className="answers-row">
							<dt>{t.period}</dt>
							<dd>{periodOf(keeps, { now, language, t })}</dd>
						</div>
						<div className="answers-row">
							<dt>{t.until}</dt>
							<dd>{lastDayOf(new Date(keeps.until), language, now)}</dd>
						</div>
					</>
				)}
			</dl>
		</>
	);
}
