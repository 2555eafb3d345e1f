import { useState } from 'react';
import { useQuery } from 'urql';
import { problemIn } from '@/api/problem';
import { Loading } from '@/components/Loading';
import { useArrival } from '@/components/useArrival';
import { useSpeech, useTexts } from '@/i18n';
import { second } from '@/i18n/format';
import { uses } from '@/i18n/uses';
import type { UseInquiry } from '@/gql/schema';
import { fileAddress } from './inquiry';
import { UsesDocument, type LoggedUseFragment } from './uses.generated';

/**
 * What an inquiry found: page by page, to be narrowed to one person, and to be taken away. `whose`: the name of whom it asks for,
 * where it does.
 */
export function FoundUses({ inquiry, whose = null }: { inquiry: UseInquiry; whose?: string | null }) {
	const t = useTexts(uses);
	const kinds: Record<string, string> = t.kinds;
	const [person, setPerson] = useState<{ id: string; name: string } | null>(null);
	const [pages, setPages] = useState<readonly (string | null)[]>([null]);
	const asked = person ? { ...inquiry, person: person.id } : inquiry;
	const name = person?.name ?? whose;
	const narrow = (to: typeof person) => {
		setPerson(to);
		setPages([null]);
	};
	return (
		<section aria-labelledby="uses-found" className="uses-found">
			<h2 id="uses-found">{t.found({ number: inquiry.case })}</h2>
			{inquiry.kind && <p>{t.onlyKind({ kind: kinds[inquiry.kind] ?? inquiry.kind })}</p>}
			{name && (
				<p>
					{t.onlyBy({ name })}{' '}
					{person && (
						<button type="button" className="button button-secondary no-print" onClick={() => narrow(null)}>
							{t.everybody}
						</button>
					)}
				</p>
			)}
			{pages.map((after, index) => (
				<Page
					key={`${person?.id}/${after}`}
					inquiry={asked}
					after={after}
					first={index === 0}
					onPerson={asked.person ? null : narrow}
					onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
				/>
			))}
		</section>
	);
}

function Files({ inquiry }: { inquiry: UseInquiry }) {
	const { language } = useSpeech();
	const t = useTexts(uses);
	return (
		<ul className="no-print">
			{(['html', 'csv', 'jsonl'] as const).map((form) => (
				<li key={form}>
					<a href={fileAddress(form, inquiry, language)} download>
						{t.files[form]}
					</a>
				</li>
			))}
		</ul>
	);
}

function Page(props: {
	inquiry: UseInquiry;
	after: string | null;
	first: boolean;
	onPerson: ((person: { id: string; name: string }) => void) | null;
	onMore: ((after: string) => void) | null;
}) {
	const { language } = useSpeech();
	const t = useTexts(uses);
	const { inquiry, after, onMore } = props;
	const variables = { inquiry, after };
	const [{ data, error, fetching }, again] = useQuery({
		query: UsesDocument,
		variables,
		requestPolicy: 'network-only',
	});
	if (!data) {
		const retry = () => again({ requestPolicy: 'network-only' });
		return (
			<Loading
				failed={Boolean(error) && !fetching}
				failure={problemIn(error, language) ?? t.failed}
				onRetry={retry}
			/>
		);
	}
	const { nodes, totalCount, pageInfo } = data.uses;
	return (
		<>
			{props.first && <Files inquiry={inquiry} />}
			{props.first && <p role="status">{t.total({ n: totalCount.toLocaleString(language) })}</p>}
			<Uses nodes={nodes} onPerson={props.onPerson} arrives={!props.first} />
			{onMore && pageInfo.hasNextPage && pageInfo.endCursor && (
				<button
					type="button"
					className="button button-secondary no-print"
					onClick={() => onMore(pageInfo.endCursor ?? '')}
				>
					{t.more}
				</button>
			)}
		</>
	);
}

/** One page of what was found. `arrives`: it takes the focus, as the button that asked for them is gone. */
function Uses(props: {
	nodes: readonly LoggedUseFragment[];
	onPerson: ((person: { id: string; name: string }) => void) | null;
	arrives: boolean;
}) {
	const arrival = useArrival<HTMLOListElement>(props.arrives);
	return (
		<ol className="uses no-max-width" {...arrival}>
			{props.nodes.map((use) => (
				<One key={use.id} use={use} onPerson={props.onPerson} />
			))}
		</ol>
	);
}

function One(props: {
	use: LoggedUseFragment;
	onPerson: ((person: { id: string; name: string }) => void) | null;
}) {
	const { language, say } = useSpeech();
	const t = useTexts(uses);
	const { use, onPerson } = props;
	const { person, name } = use;
	return (
		<li className="card">
			<p>
				<time dateTime={use.at} className="quiet">
					{second(new Date(use.at), language)}
				</time>
				<br />
				{say(use.sentence)}
			</p>
			<details>
				<summary>{t.details}</summary>
				{use.purposes.length > 0 && <p>{t.purposes({ purposes: use.purposes.map(say).join('; ') })}</p>}
				{use.shown.length > 0 && (
					<>
						<p>{t.shown}</p>
						<ul>
							{use.shown.map((label) => (
								<li key={label.en}>{say(label)}</li>
							))}
						</ul>
					</>
				)}
				<p>{t.place({ place: use.position === null ? t.soon : String(use.position) })}</p>
				<p className="breakable">{t.request({ id: use.requestId })}</p>
				<p>{t.entry}</p>
				<pre className="entry">{use.entry}</pre>
			</details>
			{onPerson && person && (
				<button
					type="button"
					className="link-button no-print"
					aria-label={t.onlyOf({ name })}
					onClick={() => onPerson({ id: person, name })}
				>
					{t.only}
				</button>
			)}
		</li>
	);
}
