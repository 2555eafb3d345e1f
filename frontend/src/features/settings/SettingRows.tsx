import type { ReactNode } from 'react';
import { useTexts } from '@/i18n';
import { settings } from '@/i18n/settings';

/** What a setting is set to; nothing where it is not set. */
export type Values = readonly string[] | null | undefined;

/** Settings by their names, each with what is to be said of it. */
export function SettingList({ rows }: { rows: readonly { name: string; said: ReactNode }[] }) {
	const t = useTexts(settings);
	return (
		<dl className="answers">
			{rows.map(({ name, said }) => (
				<div key={name} className="answers-row">
					<dt>
						{nameOf(t, name)}
						<br />
						<code>{name}</code>
					</dt>
					<dd>{said}</dd>
				</div>
			))}
		</dl>
	);
}

/** Settings as they hold; and, where the configuration says something else, what it says. */
export function SettingRows({
	rows,
}: {
	rows: readonly { name: string; adopted: Values; configured: Values }[];
}) {
	const t = useTexts(settings);
	const said = ({ adopted, configured }: (typeof rows)[number]) => (
		<>
			<SettingValues values={adopted} />
			{`${adopted}` !== `${configured}` && (
				<>
					<br />
					<strong>{t.instead}</strong> <SettingValues values={configured} />
				</>
			)}
		</>
	);
	return <SettingList rows={rows.map((row) => ({ name: row.name, said: said(row) }))} />;
}

function nameOf(t: (typeof settings)['da'], name: string): string {
	const witness = name.startsWith('witnesses.') ? name.slice('witnesses.'.length) : null;
	if (witness) return t.witness({ name: witness });
	return Object.entries(t.names).find(([known]) => known === name)?.[1] ?? name;
}

/** The values of a setting in words. */
export function SettingValues({ values }: { values: Values }) {
	const t = useTexts(settings);
	if (!values) return <span className="quiet">{t.absent}</span>;
	if (values.length === 0) return <span className="quiet">{t.none}</span>;
	return values.map((value) => t.values[value as keyof typeof t.values] ?? value).join(', ');
}
