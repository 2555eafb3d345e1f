import type { CaseFilter, CaseStatus } from '@/gql/schema';

/** The filters of a queue as they stand in the address, so that a view can be shared and bookmarked. */
export type QueueSearch = {
	status?: 'open' | 'NEW' | 'IN_PROGRESS' | 'CLOSED';
	late?: true;
	severity?: number;
	text?: string;
	after?: string | undefined;
};

const STATUSES = new Set(['open', 'NEW', 'IN_PROGRESS', 'CLOSED']);

/** Reads an address leniently: what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): QueueSearch {
	const search: QueueSearch = {};
	if (typeof raw.status === 'string' && STATUSES.has(raw.status)) search.status = raw.status as 'open';
	if (raw.late === true || raw.late === 'true') search.late = true;
	const severity = Number(raw.severity);
	if (Number.isInteger(severity) && severity > 0 && severity <= 5) search.severity = severity;
	// A number in the address, such as 42, is read as one by the router.
	if (typeof raw.text === 'number' || typeof raw.text === 'string') search.text = String(raw.text);
	if (typeof raw.after === 'string') search.after = raw.after;
	return search;
}

const statuses = (status: QueueSearch['status']): CaseStatus[] | undefined => {
	if (!status) return undefined;
	return status === 'open' ? ['NEW', 'IN_PROGRESS'] : [status];
};

/** The filter as the API takes it. */
export function toFilter(search: QueueSearch): CaseFilter {
	const filter: CaseFilter = {};
	const status = statuses(search.status);
	if (status) filter.status = status;
	if (search.late) filter.late = true;
	if (search.severity) filter.minSeverity = search.severity;
	if (search.text?.trim()) filter.text = search.text.trim();
	return filter;
}
