/** Acts and pages where something was read, one a line; what has an address is a link. */
export function SourceLinks(props: { sources: readonly { name: string; url: string | null }[] }) {
	return props.sources.map(({ name, url }) => (
		<span key={name} className="cite law-one">
			{url ? (
				<a href={url} rel="noreferrer">
					{name}
				</a>
			) : (
				name
			)}
		</span>
	));
}
