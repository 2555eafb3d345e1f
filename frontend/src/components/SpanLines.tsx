import { PhoneLink } from './PhoneLink';

type Span = { text: string; href?: string | null };
type Line = { id: number; pieces: (Span & { id: number })[] };

/** The pieces of a text line by line, numbered. */
function linesOf(spans: readonly Span[]): Line[] {
	const lines: Line[] = [{ id: 0, pieces: [] }];
	for (const span of spans) {
		for (const [nth, text] of span.text.split('\n').entries()) {
			if (nth > 0) lines.push({ id: lines.length, pieces: [] });
			const pieces = lines.at(-1)?.pieces;
			if (text) pieces?.push({ ...span, text, id: pieces.length });
		}
	}
	return lines.filter(({ pieces }) => pieces.length > 0);
}

/** A text in pieces: its lines one below the other, with links to call, to write and to read. */
export function SpanLines({ spans }: { spans: readonly Span[] }) {
	return (
		<span className="span-lines">
			{linesOf(spans).map((line) => (
				<span key={line.id}>
					{line.pieces.map((piece) => (
						<Piece key={piece.id} span={piece} />
					))}
				</span>
			))}
		</span>
	);
}

function Piece({ span }: { span: Span }) {
	if (!span.href) return span.text;
	if (span.href.startsWith('tel:')) return <PhoneLink number={span.text} />;
	return (
		<a href={span.href} rel="noreferrer">
			{span.text}
		</a>
	);
}
