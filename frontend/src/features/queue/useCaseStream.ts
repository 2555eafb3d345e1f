import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import { listenToStreams, SILENCE_MS } from '@/api/stream';
import type { Change } from './live';
import { CaseChangedDocument } from './queue.generated';

/** `connecting` before the first connection; `down` after one was lost. */
export type StreamState = 'connecting' | 'open' | 'down';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listens to the changes of a unit's cases and connects again, ever more patiently, when the stream ends or falls
 * silent. `opened`: what happened before, also since the list was loaded, was not told and must be loaded.
 */
export function useCaseStream(
	unit: string,
	on: { change: (change: Change) => void; opened: () => void },
): StreamState {
	const client = useClient();
	const [state, setState] = useState<StreamState>('connecting');
	const onChange = useEffectEvent(on.change);
	const onOpened = useEffectEvent(on.opened);

	useEffect(() => {
		let unsubscribe = () => {};
		let timer: ReturnType<typeof setTimeout> | undefined;
		let wait = FIRST_WAIT_MS;
		let heard = Date.now();

		const connect = () => {
			heard = Date.now();
			({ unsubscribe } = client.subscription(CaseChangedDocument, { unit }).subscribe(({ data, error }) => {
				if (error) lose();
				else if (data) onChange(data.caseChanged);
			}));
		};
		const lose = () => {
			unsubscribe();
			setState('down');
			clearTimeout(timer);
			timer = setTimeout(connect, wait);
			wait = Math.min(wait * 2, LONGEST_WAIT_MS);
		};
		const stopListening = listenToStreams((event) => {
			heard = Date.now();
			if (event === 'closed') lose();
			if (event !== 'open') return;
			wait = FIRST_WAIT_MS;
			setState('open');
			onOpened();
		});
		const watch = setInterval(() => {
			if (Date.now() - heard > SILENCE_MS) lose();
		}, SILENCE_MS / 4);
		connect();
		return () => {
			stopListening();
			unsubscribe();
			clearTimeout(timer);
			clearInterval(watch);
		};
	}, [client, unit]);

	return state;
}
