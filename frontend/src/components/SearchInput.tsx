/** A field in which one types what to look for; what is found stands below it, and says how much it is. */
export function SearchInput(props: {
	id: string;
	label: string;
	hint: string;
	value: string;
	onChange: (typed: string) => void;
}) {
	const { id } = props;
	return (
		<>
			<label className="form-label" htmlFor={id}>
				{props.label}
			</label>
			<span className="form-hint" id={`${id}-hint`}>
				{props.hint}
			</span>
			<input
				type="search"
				className="form-input input-width-l"
				id={id}
				aria-describedby={`${id}-hint`}
				autoComplete="off"
				value={props.value}
				onChange={(event) => props.onChange(event.target.value)}
			/>
		</>
	);
}
