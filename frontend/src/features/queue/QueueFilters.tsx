import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
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
			<Choice name="status" label={q.status} value={typed.status} onChange={(status) => set({ status })}>
				<option value="open">{q.open}</option>
				{(['NEW', 'IN_PROGRESS', 'CLOSED'] as const).map((status) => (
					<option key={status} value={status}>
						{m.caseStatus[status]}
					</option>
				))}
			</Choice>
			<Choice
				name="severity"
				label={q.minSeverity}
				value={typed.severity}
				onChange={(severity) => set({ severity })}
			>
				{[1, 2, 3, 4, 5].map((level) => (
					<option key={level} value={level}>
						{m.severityWords[level]}
					</option>
				))}
			</Choice>
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

function Choice(props: {
	name: string;
	label: string;
	value: string;
	onChange: (value: string) => void;
	children: ReactNode;
}) {
	const { any } = useTexts(authority).queue;
	const id = `filter-${props.name}`;
	return (
		<div>
			<label className="form-label" htmlFor={id}>
				{props.label}
			</label>
			<select
				className="form-select"
				id={id}
				name={props.name}
				value={props.value}
				onChange={(event) => props.onChange(event.target.value)}
			>
				<option value="">{any}</option>
				{props.children}
			</select>
		</div>
	);
}
