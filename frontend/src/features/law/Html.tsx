import { createElement, Fragment, type ReactNode } from 'react';

/** What the server lets through its own cleaning; anything else stands without its tag. */
const TAGS = new Set(
	'p br ul ol li strong em code pre blockquote a h2 h3 h4 table thead tbody tr th td'.split(' '),
);
const HEADINGS = ['h2', 'h3', 'h4'];
const VOID = new Set(['br']);
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)|</gi;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

const decode = (text: string) =>
	text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
		if (name) return ENTITIES[name] ?? whole;
		return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
	});

/** Links that are followed: to another site, a mailbox or a telephone. */
function hrefOf(attributes: string): string | undefined {
	const href = /\shref="([^"]*)"/i.exec(attributes)?.[1];
	const url = href === undefined ? undefined : decode(href);
	return url && /^(https|mailto|tel):/i.test(url) ? url : undefined;
}

type Open = { tag: string | null; attributes: string; inside: ReactNode[] };

const build = ({ tag, attributes, inside }: Open): ReactNode => {
	if (!tag) return createElement(Fragment, {}, ...inside);
	const href = tag === 'a' ? hrefOf(attributes) : undefined;
	return createElement(tag, href ? { href, rel: 'noreferrer' } : {}, ...(VOID.has(tag) ? [] : inside));
};

/**
 * Cleaned HTML of the API as elements. The pages' security policy lets nothing be set as markup, so it is read here:
 * a tag that is not known is left out, its text stays. `under`: the level of the heading above.
 */
export function Html({ html, under }: { html: string; under: number }) {
	// Its own highest heading comes next below the one that it stands under, whichever level it was written at.
	const highest = HEADINGS.findIndex((tag) => html.includes(`<${tag}>`));
	const levelled = (tag: string) =>
		HEADINGS.includes(tag) ? `h${under + 1 + HEADINGS.indexOf(tag) - highest}` : tag;
	const stack: Open[] = [{ tag: null, attributes: '', inside: [] }];
	const put = (node: ReactNode) => stack.at(-1)?.inside.push(node);
	const close = () => {
		const done = stack.pop();
		if (done) put(build({ ...done, tag: done.tag && levelled(done.tag) }));
	};
	for (const [whole, slash, name, attributes = '', text] of html.matchAll(TOKEN)) {
		const tag = name?.toLowerCase();
		if (!tag) put(decode(text ?? whole));
		else if (!TAGS.has(tag)) continue;
		else if (VOID.has(tag)) put(build({ tag, attributes, inside: [] }));
		else if (!slash) stack.push({ tag, attributes, inside: [] });
		else if (stack.some((each) => each.tag === tag)) {
			while (stack.at(-1)?.tag !== tag) close();
			close();
		}
	}
	while (stack.length > 1) close();
	return <div className="prose law-prose">{stack.flatMap((each) => each.inside)}</div>;
}
