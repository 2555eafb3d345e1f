import { useState } from 'react';

/** Which rows are ticked; only rows that are shown count. */
export function useSelection(ids: readonly string[]) {
	const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
	const selected = ids.filter((id) => ticked.has(id));
	return {
		selected,
		has: (id: string) => ticked.has(id),
		all: ids.length > 0 && selected.length === ids.length,
		toggle: (id: string) =>
			setTicked(
				(before) => new Set(before.has(id) ? [...before].filter((it) => it !== id) : [...before, id]),
			),
		toggleAll: () => setTicked(selected.length === ids.length ? new Set() : new Set(ids)),
		clear: () => setTicked(new Set()),
	};
}

/** The selection of a table. */
export type Selection = ReturnType<typeof useSelection>;
