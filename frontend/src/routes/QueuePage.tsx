import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { QueueFilters } from '@/features/queue/QueueFilters';
import { QueueTable } from '@/features/queue/QueueTable';
import { toFilter } from '@/features/queue/search';
import { useLiveQueue } from '@/features/queue/useLiveQueue';
import { PhoneLinesDocument } from '@/features/session/phones.generated';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';

/** A unit's queue: most urgent first, live, with its filters in the address. */
export function QueuePage() {
	const t = useTexts(authority);
	const { unit } = useParams({ from: '/queue/$unit' });
	const search = useSearch({ from: '/queue/$unit' });
	const navigate = useNavigate();
	const filter = useMemo(() => toFilter(search), [search]);
	const live = useLiveQueue(unit, filter, search.after);
	const { queue, page, failed, load } = live;
	const filtered = Object.keys(filter).length > 0;
	return (
		<>
			<PageTitle>{t.queue.title({ unit: useUnitName(unit) })}</PageTitle>
			<QueueFilters
				unit={unit}
				search={search}
				onApply={(next) => void navigate({ to: '/queue/$unit', params: { unit }, search: next })}
			/>
			{live.stream === 'down' && <Alert kind="warning" title={t.queue.stale} live />}
			<LiveBar live={live} />
			<div className="queue-list">
				{!page && <Loading failed={failed} failure={t.queue.failed} onRetry={() => void load()} />}
				{page && failed && <Alert kind="error" title={t.queue.failed} live />}
				{page && queue.rows.length === 0 && <p>{filtered ? t.queue.none : t.queue.noneAtAll}</p>}
				{page && queue.rows.length > 0 && <QueueTable rows={queue.rows} changed={queue.changed} />}
			</div>
			<nav aria-label={t.queue.pages} className="pages">
				{search.after && (
					<Link to="/queue/$unit" params={{ unit }} search={{ ...search, after: undefined }}>
						{t.queue.firstPage}
					</Link>
				)}
				{page?.endCursor && (
					<Link to="/queue/$unit" params={{ unit }} search={{ ...search, after: page.endCursor }}>
						{t.queue.nextPage}
					</Link>
				)}
			</nav>
		</>
	);
}

function useUnitName(id: string): string {
	const { say } = useSpeech();
	const [{ data }] = useQuery({ query: PhoneLinesDocument });
	const unit = data?.pack.units.find((each) => each.id === id);
	return unit ? say(unit.name) : id;
}

/** The count, what is new, and whether the list is live; its height never changes, so the list stays where it is. */
function LiveBar({ live }: { live: ReturnType<typeof useLiveQueue> }) {
	const t = useTexts(authority);
	const { queue, page, stream, load, pause, resume } = live;
	const state = { open: t.queue.live, connecting: t.queue.connecting, down: t.queue.connecting }[stream];
	return (
		<div className="live-bar">
			<p className="live-count">{page ? t.queue.count({ n: page.totalCount }) : ' '}</p>
			<div className="live-new" role="status">
				{queue.fresh.size > 0 && (
					<button type="button" className="button button-secondary" onClick={() => void load()}>
						{t.queue.fresh({ n: queue.fresh.size })}
					</button>
				)}
				{queue.paused && queue.waiting.length > 0 && t.queue.waiting({ n: queue.waiting.length })}
			</div>
			<p className={`live-state live-${queue.paused ? 'paused' : stream}`}>
				{queue.paused ? t.queue.paused : state}
			</p>
			<button type="button" className="button button-secondary" onClick={queue.paused ? resume : pause}>
				<Icon name={queue.paused ? 'play' : 'pause'} />
				{queue.paused ? t.queue.resume : t.queue.pause}
			</button>
		</div>
	);
}
