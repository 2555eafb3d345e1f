import { useRouterState, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fromHash, toHash, type Trial } from './trial';

/** How long the trial must rest before it is written into the address. */
const REST_MS = 250;

/** The trial of this page. It survives a reload, and a link to it can be passed on: it stands in the address. */
export function useTrial(): [Trial, (change: (trial: Trial) => Trial) => void] {
	const hash = useRouterState({ select: ({ location }) => location.hash });
	const navigate = useNavigate();
	const [trial, setTrial] = useState(() => fromHash(hash));
	const written = useRef(hash.replace(/^#/, ''));

	useEffect(() => {
		const next = toHash(trial);
		if (next === written.current) return;
		const timer = setTimeout(() => {
			written.current = next;
			void navigate({
				to: '/law/try',
				hash: next,
				replace: true,
				resetScroll: false,
				hashScrollIntoView: false,
			});
		}, REST_MS);
		return () => clearTimeout(timer);
	}, [trial, navigate]);

	useEffect(() => {
		const arrived = hash.replace(/^#/, '');
		// Another link was opened in this tab.
		if (arrived === written.current) return;
		written.current = arrived;
		setTrial(fromHash(arrived));
	}, [hash]);

	return [trial, useCallback((change) => setTrial((last) => change(last)), [])];
}
