import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { SearchInput } from '@/components/SearchInput';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { find, namesOf, type Named } from './find';
import type { LawContentsQuery } from './law.generated';

/** How many results are shown: more cannot be taken in. */
const SHOWN = 12;

/** Finds anything in a version by its name. */
export function SearchBox(props: {
	version: string;
	content: NonNullable<LawContentsQuery['packVersion']>['content'];
}) {
	const { language } = useSpeech();
	const t = useTexts(law);
	const [typed, setTyped] = useState('');
	const names = useMemo(() => namesOf(props.content, language), [props.content, language]);
	const hits = find(names, typed);
	const rest = hits.length - SHOWN;
	return (
		<search className="law-search no-print">
			<SearchInput id="law-search" label={t.search} hint={t.searchHint} value={typed} onChange={setTyped} />
			<p className="option-hits" role="status">
				{typed.trim() && (hits.length > 0 ? t.searchHits({ n: hits.length }) : t.searchNone)}
			</p>
			{hits.length > 0 && (
				<ul className="law-hits">
					{hits.slice(0, SHOWN).map((hit) => (
						<li key={`${hit.kind}/${hit.id ?? ''}/${hit.hash ?? ''}/${hit.name}`}>
							<Hit hit={hit} version={props.version} /> <span className="quiet">{t.kind[hit.kind]}</span>
						</li>
					))}
				</ul>
			)}
			{rest > 0 && <p className="quiet">{t.searchMore({ n: rest })}</p>}
		</search>
	);
}

function Hit({ hit, version }: { hit: Named; version: string }) {
	const { part, id, hash } = hit;
	const place = hash === undefined ? {} : { hash };
	if (id === undefined) {
		return (
			<Link to="/law/$version/$part" params={{ version, part }} {...place}>
				{hit.name}
			</Link>
		);
	}
	return (
		<Link to="/law/$version/$part/$id" params={{ version, part, id }} {...place}>
			{hit.name}
		</Link>
	);
}
