/** A box to tick a row of a table, with its words for those who do not see the row. */
export function Tick(props: { id: string; label: string; checked: boolean; onChange: () => void }) {
	return (
		<span className="form-group-checkbox tick">
			<input
				type="checkbox"
				className="form-checkbox"
				id={props.id}
				checked={props.checked}
				onChange={props.onChange}
			/>
			<label htmlFor={props.id}>
				<span className="sr-only">{props.label}</span>
			</label>
		</span>
	);
}
