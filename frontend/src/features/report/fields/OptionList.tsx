import { useState, type ReactNode } from 'react';
import { useSpeech } from '@/i18n';
import { grouped, search, type Option } from '../options';

/** Many options: native controls under headings, with a search field above. What is chosen always shows. */
export function OptionList(props: {
	options: Option[];
	chosen: Option[];
	id: string;
	render: (option: Option, controlId: string) => ReactNode;
	after?: ReactNode;
	disabled?: boolean;
}) {
	const { m } = useSpeech();
	const [typed, setTyped] = useState('');
	const hits = search(props.options, typed);
	return (
		<div className="option-list">
			<p className="option-chosen">
				<span className="option-chosen-label">{m.report.chosen}: </span>
				{props.chosen.map((option) => option.label).join(', ') || m.report.chosenNone}
			</p>
			<label className="form-hint" htmlFor={props.id}>
				{m.report.filter}
			</label>
			<input
				type="search"
				className="form-input input-width-m"
				id={props.id}
				value={typed}
				autoComplete="off"
				disabled={props.disabled}
				onChange={(event) => setTyped(event.target.value)}
				onKeyDown={(event) => {
					// Enter in the search field must not send the step.
					if (event.key === 'Enter') event.preventDefault();
				}}
			/>
			<p className="option-hits" role="status">
				{typed &&
					(hits.length > 0
						? m.report.filterHits({ n: hits.length, of: props.options.length })
						: m.report.filterNone)}
			</p>
			{hits.length > 0 && (
				<div className="option-scroll">
					{grouped(hits).map(([group, options]) => (
						<div key={group ?? ''} role={group ? 'group' : undefined} aria-label={group ?? undefined}>
							{group && (
								<p className="option-group" aria-hidden="true">
									{group}
								</p>
							)}
							{options.map((option) => props.render(option, `${props.id}-${option.id.replaceAll('.', '-')}`))}
						</div>
					))}
				</div>
			)}
			{props.after}
		</div>
	);
}
