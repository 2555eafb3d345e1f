import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { attempts } from '@/i18n/attempts';
import { brief, calendarDay, number, tenths } from '@/i18n/format';
import type { AttemptsQuery } from './attempts.generated';

type Found = AttemptsQuery['attemptPatterns'];

/** How many attempts there were: by day and cause, beside what is usual, and where they came from. */
export function Patterns({ found }: { found: Found }) {
	const { language } = useSpeech();
	const t = useTexts(attempts);
	const days = found.days.toReversed().map(({ date, cause, count }) => ({
		key: `${date} ${cause}`,
		cells: [calendarDay(date, language), t.causes[cause], number(count, language)],
	}));
	const compared = [
		...found.today.map((each) => ({ ...each, day: t.today })),
		...found.yesterday.map((each) => ({ ...each, day: t.yesterday })),
	].map(({ day, cause, count, usual, deviates }) => ({
		key: `${day} ${cause}`,
		cells: [
			day,
			t.causes[cause],
			number(count, language),
			tenths(usual, language),
			deviates ? t.deviates : t.normal,
		],
	}));
	return (
		<section aria-labelledby="patterns-title">
			<h2 id="patterns-title">{t.patterns}</h2>
			<p>{t.total({ n: number(found.total, language) })}</p>
			<Rows title={t.compared} heads={[t.day, t.cause, t.count, t.usual, t.state]} rows={compared} />
			<UnusualSources unusual={found.unusual} />
			<Sources sources={found.sources} />
			<Rows title={t.perDay} heads={[t.day, t.cause, t.count]} rows={days} />
		</section>
	);
}

/** Those who made more than they usually do: an attack from one place drowns in the sums of a busy day. */
function UnusualSources({ unusual }: Pick<Found, 'unusual'>) {
	const { language } = useSpeech();
	const t = useTexts(attempts);
	const rows = unusual.map(({ date, kind, subject, count, usual }) => ({
		key: `${date} ${kind} ${subject}`,
		cells: [
			`${t.kinds[kind]} ${subject}`,
			calendarDay(date, language),
			number(count, language),
			tenths(usual, language),
		],
	}));
	return (
		<Rows title={t.unusual} heads={[t.source, t.day, t.count, t.usual]} rows={rows} none={t.unusualNone} />
	);
}

function Sources({ sources }: Pick<Found, 'sources'>) {
	const { language } = useSpeech();
	const t = useTexts(attempts);
	const now = useNow();
	const rows = sources.map(({ client, cause, count, lastAt }) => ({
		key: `${client} ${cause}`,
		cells: [
			client === 'others' ? t.others : client,
			t.causes[cause],
			number(count, language),
			brief(new Date(lastAt), language, now),
		],
	}));
	return <Rows title={t.sources} heads={[t.client, t.cause, t.count, t.last]} rows={rows} />;
}

function Rows(props: {
	title: string;
	heads: readonly string[];
	rows: readonly { key: string; cells: readonly string[] }[];
	/** What to say where there is nothing; by default that there were no attempts. */
	none?: string;
}) {
	const t = useTexts(attempts);
	const { title, heads, rows } = props;
	return (
		<>
			<h3>{title}</h3>
			{rows.length === 0 && <p>{props.none ?? t.none}</p>}
			{rows.length > 0 && (
				<table className="law-table">
					<caption className="sr-only">{title}</caption>
					<thead>
						<tr>
							{heads.map((head) => (
								<th key={head} scope="col">
									{head}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ key, cells: [first, ...others] }) => (
							<tr key={key}>
								<th scope="row" data-label={heads[0]}>
									{first}
								</th>
								{others.map((cell, index) => (
									<td key={heads[index + 1]} data-label={heads[index + 1]}>
										{cell}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			)}
		</>
	);
}
