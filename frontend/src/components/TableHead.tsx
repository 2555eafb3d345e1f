/** The headings of a table's columns. */
export function TableHead({ headings }: { headings: readonly string[] }) {
	return (
		<thead>
			<tr>
				{headings.map((heading) => (
					<th key={heading} scope="col">
						{heading}
					</th>
				))}
			</tr>
		</thead>
	);
}
