import type { DutyFragment, RecipientFragment } from '@/api/shared.generated';
import { useSpeech } from '@/i18n';
import { isOpen } from './DeadlineClock';

type Routes = readonly Pick<RecipientFragment, 'unit'>[];

/** Whether a duty is open although none of its recipients receives anything. */
export function isNotSent(duty: DutyFragment, routes: Routes): boolean {
	const reached = ({ id }: { id: string }) => routes.some(({ unit }) => unit.id === id);
	const received = !duty.filedElsewhere && duty.recipients.some(reached);
	return isOpen(duty) && duty.recipients.length > 0 && !received;
}

/** Says so, where a duty would otherwise look as if it were sent; `routes`: who receives. */
export function NotSent({ duty, routes }: { duty: DutyFragment; routes: Routes }) {
	const { m, say, language } = useSpeech();
	if (!isNotSent(duty, routes)) return null;
	const names = duty.recipients.map((unit) => say(unit.name));
	const who = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
	const words = duty.filedElsewhere ? m.clock.notHere : m.clock.notYet;
	return <p className="not-sent">{words({ who })}</p>;
}

/** All duties that nobody is sent, below the list of those who receive. */
export function AllNotSent({ duties, routes }: { duties: readonly DutyFragment[]; routes: Routes }) {
	const { say } = useSpeech();
	const open = duties.filter((duty) => isNotSent(duty, routes));
	if (open.length === 0) return null;
	return (
		<ul className="all-not-sent">
			{open.map((duty) => (
				<li key={`${duty.regime}/${duty.stage}`}>
					{say(duty.regimeName)}: {say(duty.stageName)}
					<NotSent duty={duty} routes={routes} />
				</li>
			))}
		</ul>
	);
}
