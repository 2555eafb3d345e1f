import { Alert } from '@/components/Alert';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { moment, number, relative } from '@/i18n/format';
import { retention } from '@/i18n/retention';
import type { RetentionQuery } from './retention.generated';

type Kept = RetentionQuery['retention'];

/** An erasure that has not begun for so long after its time does not begin by itself. */
const LATE_MS = 3_600_000;

/** Whether everything is erased in time, and when it is next: calm where it is, an alarm where not. */
export function Standing({ kept }: { kept: Kept }) {
	const { language } = useSpeech();
	const t = useTexts(retention);
	const overdue = kept.lines.filter((line) => line.overdue > 0);
	return (
		<>
			{overdue.length > 0 && (
				<Alert kind="error" title={t.overdueTitle} live>
					<ul>
						{overdue.map((line) => (
							<li key={line.kind}>
								{t.overdueOf({ what: t.kinds[line.kind], n: number(line.overdue, language) })}
							</li>
						))}
					</ul>
					<p>{t.overdueText}</p>
				</Alert>
			)}
			{overdue.length === 0 && <p>{t.onTime}</p>}
			<Next at={kept.nextRunAt} />
		</>
	);
}

function Next({ at }: { at: string | null }) {
	const { language } = useSpeech();
	const t = useTexts(retention);
	const now = useNow();
	if (!at) return <Alert kind="warning" title={t.noNext} />;
	const next = new Date(at);
	const when = moment(next, language, now);
	if (now.getTime() - next.getTime() > LATE_MS) return <Alert kind="warning" title={t.lateNext({ when })} />;
	return <p>{t.next({ when, how: relative(next, language, now) })}</p>;
}
