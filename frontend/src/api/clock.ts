/** Milliseconds the server's clock is ahead of this browser's; deadlines are shown by the server's. */
let ahead = 0;

/** Learns the server's time from a response. The header has whole seconds, which is enough for deadlines. */
export function learnServerTime(response: Response, here = Date.now()): void {
	const sent = Date.parse(response.headers.get('date') ?? '');
	if (!Number.isNaN(sent) && Math.abs(sent - here) > 2000) ahead = sent - here;
}

/** Now, by the server's clock. */
export function serverNow(): Date {
	return new Date(Date.now() + ahead);
}
