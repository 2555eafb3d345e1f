/** The queue as it stands on the screen, and how changes come into it without moving what is being read. */
import type { CaseFilter } from '@/gql/schema';
import type { CaseChangedSubscription, QueueRowFragment } from './queue.generated';

export type Row = QueueRowFragment;
export type Change = CaseChangedSubscription['caseChanged'];

/** `fresh`: cases that are not shown yet. `changed`: rows that changed since they were loaded. */
export type LiveQueue = {
	rows: readonly Row[];
	fresh: ReadonlySet<string>;
	changed: ReadonlySet<string>;
	paused: boolean;
	/** Changes that came while paused, in order. */
	waiting: readonly Change[];
};

export type Event =
	| { type: 'loaded'; rows: readonly Row[]; meanwhile: readonly Change[]; filter: CaseFilter; now: Date }
	| { type: 'change'; change: Change; filter: CaseFilter; now: Date }
	| { type: 'pause' }
	| { type: 'resume'; filter: CaseFilter; now: Date };

export const emptyQueue: LiveQueue = {
	rows: [],
	fresh: new Set(),
	changed: new Set(),
	paused: false,
	waiting: [],
};

/**
 * The next state. Loading anew shows everything, and what was told `meanwhile` if the answer is older; pausing holds changes back;
 * resuming lets them in, in order.
 */
export function next(queue: LiveQueue, event: Event): LiveQueue {
	switch (event.type) {
		case 'loaded': {
			const { rows, meanwhile, filter, now } = event;
			const isIn = ({ case: row }: Change) =>
				rows.some((each) => each.id === row.id && each.version >= row.version);
			const anew: LiveQueue = { ...emptyQueue, rows, paused: queue.paused };
			const unseen = meanwhile.filter((change) => !isIn(change));
			return unseen.reduce((state, change) => next(state, { type: 'change', change, filter, now }), anew);
		}
		case 'change':
			if (queue.paused) return { ...queue, waiting: [...queue.waiting, event.change] };
			return admit(queue, event.change, event.filter, event.now);
		case 'pause':
			return { ...queue, paused: true };
		case 'resume': {
			const open: LiveQueue = { ...queue, paused: false, waiting: [] };
			return queue.waiting.reduce((state, change) => admit(state, change, event.filter, event.now), open);
		}
	}
}

/** A row that is shown changes in its place; a case that is not waits until it is asked for. */
function admit(queue: LiveQueue, change: Change, filter: CaseFilter, now: Date): LiveQueue {
	const { case: row } = change;
	const shown = queue.rows.find((each) => each.id === row.id);
	if (shown) {
		if (shown.version > row.version) return queue;
		const rows = queue.rows.map((each) => (each.id === row.id ? row : each));
		return { ...queue, rows, changed: new Set(queue.changed).add(row.id) };
	}
	if (change.kind !== 'OPENED' || !matches(row, filter, now)) return queue;
	return { ...queue, fresh: new Set(queue.fresh).add(row.id) };
}

/** Whether a case would be in the list, as the server filters it. */
export function matches(row: Row, filter: CaseFilter, now: Date): boolean {
	const { status, late, minSeverity, text } = filter;
	if (status && !status.includes(row.status)) return false;
	if (minSeverity && row.incident.severity.level < minSeverity) return false;
	if (late && !(row.nextDue?.due && Date.parse(row.nextDue.due) < now.getTime())) return false;
	const words = `${row.incident.number} ${row.incident.organisation?.name ?? ''}`.toLowerCase();
	return !text || words.includes(text.trim().toLowerCase());
}
