import { useEffect, useRef } from 'react';

/** Moves the focus to what a button has brought that is gone now. For the element that it came in: its ref, and that it can have the focus. */
export function useArrival<Arrived extends HTMLElement>(arrives: boolean) {
	const ref = useRef<Arrived>(null);
	useEffect(() => {
		if (arrives) ref.current?.focus();
	}, [arrives]);
	return { ref, ...(arrives ? { tabIndex: -1 } : {}) };
}
