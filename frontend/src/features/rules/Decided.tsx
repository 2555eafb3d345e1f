import { Link } from '@tanstack/react-router';
import { useNow } from '@/components/useNow';
import { LogLink } from '@/features/log/LogLink';
import { useSpeech } from '@/i18n';
import { moment } from '@/i18n/format';

type Props = {
	/** `holds` since then, by the change that two administrators decided; by none, where it was there from the start. */
	holds: boolean;
	since?: string | null;
	change?: string | null;
	/** Whoever looks may read changes. */
	decides: boolean;
	words: { holds: string; waits: string; since: string; fromStart: string; byTwo: string; seeChange: string };
};

/** Whether something that needs two administrators holds, since when, and by which decision. */
export function Decided({ holds, since, change, decides, words }: Props) {
	const { language } = useSpeech();
	const now = useNow();
	return (
		<p>
			<span className={`mark mark-change mark-${holds ? 'EXECUTED' : 'OPEN'}`}>
				{holds ? words.holds : words.waits}
			</span>{' '}
			{since && `${words.since} ${moment(new Date(since), language, now)}. `}
			{since && !change && (
				<>
					{words.fromStart} <LogLink />
				</>
			)}
			{change && !decides && words.byTwo}
			{change && decides && (
				<Link to="/rules/change/$id" params={{ id: change }}>
					{words.seeChange}
				</Link>
			)}
		</p>
	);
}
