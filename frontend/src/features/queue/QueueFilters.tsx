import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';
import { readSearch, type QueueSearch } from './search';

/** The search as its fields hold it. */
type Typed = { text: string; status: string; severity: string; late: boolean };

const typedOf = (search: QueueSearch): Typed => ({
	text: search.text ?? '',
	status: search.status ?? '',
	severity: search.severity ? String(search.severity) : '',
	late: search.late === true,
});

/** What stands in the fields; anew when the address changed by other means, such as the back button. */
function useTyped(search: QueueSearch) {
	const address = JSON.stringify(search);
	const [state, setState] = useState({ address, typed: typedOf(search) });
	if (state.address !== address) setState({ address, typed: typedOf(search) });
	const { typed } = state;
	return { typed, set: (part: Partial<Typed>) => setState({ address, typed: { ...typed, ...part } }) };
}

/** The filters. Sending the form puts them into the address. */
export function QueueFilters(props: {
	unit: string;
	search: QueueSearch;
	onApply: (search: QueueSearch) => void;
}) {
	const { m } = useSpeech();
	const t = useTexts(authority);
	const { search, unit } = props;
	const { typed, set } = useTyped(search);
	const q = t.queue;
	return (
		<form
			className="filters"
			aria-label={q.filters}
			onSubmit={(event) => {
				event.preventDefault();
				const text = typed.text.trim();
				props.onApply(readSearch({ ...typed, text: text || undefined }));
			}}
		>
			<div>
				<label className="form-label" htmlFor="filter-text">
					{q.search}
				</label>
				<input
					className="form-input"
					type="search"
					id="filter-text"
					name="text"
					value={typed.text}
					onChange={(event) => set({ text: event.target.value })}
				/>
			</div>
			<div>
				<label className="form-label" htmlFor="filter-status">
					{q.status}
				</label>
				<select
					className="form-select"
					id="filter-status"
					name="status"
					value={typed.status}
					onChange={(event) => set({ status: event.target.value })}
				>
					<option value="">{q.any}</option>
					<option value="open">{q.open}</option>
					{(['NEW', 'IN_PROGRESS', 'CLOSED'] as const).map((status) => (
						<option key={status} value={status}>
							{m.caseStatus[status]}
						</option>
					))}
				</select>
			</div>
			<div>
				<label className="form-label" htmlFor="filter-severity">
					{q.minSeverity}
				</label>
				<select
					className="form-select"
					id="filter-severity"
					name="severity"
					value={typed.severity}
					onChange={(event) => set({ severity: event.target.value })}
				>
					<option value="">{q.any}</option>
					{[1, 2, 3, 4, 5].map((level) => (
						<option key={level} value={level}>
							{m.severityWords[level]}
						</option>
					))}
				</select>
			</div>
			<div className="form-group-checkbox">
				<input
					className="form-checkbox"
					type="checkbox"
					id="filter-late"
					name="late"
					value="true"
					checked={typed.late}
					onChange={(event) => set({ late: event.target.checked })}
				/>
				<label htmlFor="filter-late">{q.late}</label>
			</div>
			<div className="filters-actions">
				<button type="submit" className="button button-primary">
					{q.apply}
				</button>
				<Link to="/queue/$unit" params={{ unit }} search={{}}>
					{q.clear}
				</Link>
			</div>
		</form>
	);
}
