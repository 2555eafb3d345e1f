const PATHS = {
	alert: 'M12 3 1.8 20.5h20.4L12 3Zm-1 6.5h2v6h-2v-6Zm0 7.5h2v2h-2v-2Z',
	arrow: 'M13.5 5.5 12 7l4 4H4v2h12l-4 4 1.5 1.5L20 12l-6.5-6.5Z',
	back: 'M14.5 6 8.5 12l6 6 1.5-1.5L11.5 12 16 7.5 14.5 6Z',
	check: 'm9.5 16.2-4-4L4 13.7l5.5 5.5L20.5 8.2 19 6.7l-9.5 9.5Z',
	clock:
		'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Zm0 17a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Zm1-12.5h-2v5.6l4.3 3.1 1.2-1.6-3.5-2.5V7Z',
	cross: 'm6.4 5-1.4 1.4 5.6 5.6L5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6 6.4 5Z',
	info: 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Zm1 14.5h-2v-6.5h2V17Zm0-8.2h-2v-2h2v2Z',
	phone:
		'M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.3.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1A17 17 0 0 1 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.3.2 2.5.6 3.6.1.3 0 .7-.2 1l-2.3 2.2Z',
	pause: 'M7 5h4v14H7V5Zm6 0h4v14h-4V5Z',
	play: 'M8 5v14l11-7L8 5Z',
	question:
		'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Zm1 15.5h-2v-2h2v2Zm1.6-6.2-.7.7c-.6.6-.9 1.1-.9 2.2h-2c0-1.5.3-2.3 1.2-3.2l1-1c.3-.3.5-.7.5-1.2a1.7 1.7 0 1 0-3.4 0h-2a3.7 3.7 0 1 1 6.3 2.5Z',
	send: 'm3 20.5 18.5-8.5L3 3.5v6.6L14 12 3 13.9v6.6Z',
} as const;

/** The icons there are. */
export type IconName = keyof typeof PATHS;

/** A small drawing beside words that say the same; never the only carrier of a meaning. */
export function Icon({ name }: { name: IconName }) {
	return (
		<svg className="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} fill="currentColor" />
		</svg>
	);
}
