import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useClient } from 'urql';
import { serverNow } from '@/api/clock';
import type { CaseFilter } from '@/gql/schema';
import { emptyQueue, next, type Change } from './live';
import { QueueDocument } from './queue.generated';
import { useCaseStream } from './useCaseStream';

type Page = { totalCount: number; endCursor: string | null };

/** The queue of a unit, live: loaded for the filter, kept up to date by the stream, loaded anew after it was lost. */
export function useLiveQueue(unit: string, filter: CaseFilter, after: string | undefined) {
	const client = useClient();
	const [queue, dispatch] = useReducer(next, emptyQueue);
	const [page, setPage] = useState<Page | null>(null);
	const [failed, setFailed] = useState(false);
	const content = JSON.stringify(filter);
	const latest = useRef(0);
	// What the stream tells while the list is on its way: the list may be older.
	const meanwhile = useRef<Change[] | null>(null);

	const load = useCallback(async () => {
		const mine = ++latest.current;
		meanwhile.current = [];
		const variables = { unit, filter: JSON.parse(content) as CaseFilter, after: after ?? null };
		const { data } = await client
			.query(QueueDocument, variables, { requestPolicy: 'network-only' })
			.toPromise();
		if (mine !== latest.current) return;
		const told = meanwhile.current;
		meanwhile.current = null;
		setFailed(!data);
		if (!data) return;
		const { nodes, pageInfo, totalCount } = data.cases;
		setPage({ totalCount, endCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null });
		const asked = { filter: variables.filter, now: serverNow() };
		dispatch({ type: 'loaded', rows: nodes, meanwhile: told ?? [], ...asked });
	}, [client, unit, content, after]);
	// oxlint-disable-next-line react/set-state-in-effect -- nothing is set before the answer has come
	useEffect(() => void load(), [load]);

	const stream = useCaseStream(unit, {
		change: (change) => {
			meanwhile.current?.push(change);
			dispatch({ type: 'change', change, filter, now: serverNow() });
		},
		opened: () => void load(),
	});
	return {
		queue,
		page,
		failed,
		stream,
		load,
		pause: () => dispatch({ type: 'pause' }),
		resume: () => dispatch({ type: 'resume', filter, now: serverNow() }),
	};
}
