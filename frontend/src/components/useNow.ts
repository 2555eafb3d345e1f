import { useEffect, useState } from 'react';
import { serverNow } from '@/api/clock';

/** The time by the server's clock, anew every half minute: for "in 7 h 40 min". */
export function useNow(): Date {
	const [now, setNow] = useState(serverNow);
	useEffect(() => {
		const timer = setInterval(() => setNow(serverNow()), 30_000);
		return () => clearInterval(timer);
	}, []);
	return now;
}
