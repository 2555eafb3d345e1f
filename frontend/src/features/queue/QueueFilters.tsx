import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { authority } from '@/i18n/authority';
import { readSearch, type QueueSearch } from './search';

/** The filters. Sending the form puts them into the address. */
export function QueueFilters(props: {
	unit: string;
	search: QueueSearch;
	onApply: (search: QueueSearch) => void;
}) {
	const { m } = useSpeech();
	const t = useTexts(authority);
	const { search, unit } = props;
	const q = t.queue;
	return (
		<form
			className="filters"
			aria-label={q.filters}
			// New defaults when the address changed by other means, such as the back button.
			key={JSON.stringify(search)}
			onSubmit={(event) => {
				event.preventDefault();
				const fields = Object.fromEntries(new FormData(event.currentTarget));
				const text =
					typeof fields.text === 'string' && fields.text.trim() ? { text: fields.text.trim() } : {};
				props.onApply(
					readSearch({ status: fields.status, severity: fields.severity, late: fields.late, ...text }),
				);
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
					defaultValue={search.text ?? ''}
				/>
			</div>
			<div>
				<label className="form-label" htmlFor="filter-status">
					{q.status}
				</label>
				<select className="form-select" id="filter-status" name="status" defaultValue={search.status ?? ''}>
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
					defaultValue={search.severity ? String(search.severity) : ''}
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
					defaultChecked={search.late === true}
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
