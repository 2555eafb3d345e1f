import { useTexts } from '@/i18n';
import { settings } from '@/i18n/settings';

type Values = readonly string[] | null | undefined;

/** Settings as they hold; and, where the configuration says something else, what it says. */
export function SettingRows({
	rows,
}: {
	rows: readonly { name: string; adopted?: Values; configured?: Values }[];
}) {
	const t = useTexts(settings);
	return (
		<dl className="answers">
			{rows.map(({ name, adopted, configured }) => (
				<div key={name} className="answers-row">
					<dt>
						{nameOf(t, name)}
						<br />
						<code>{name}</code>
					</dt>
					<dd>
						{adopted !== undefined && <SettingValues values={adopted} />}
						{adopted !== undefined && configured !== undefined && `${adopted}` !== `${configured}` && (
							<>
								<br />
								<strong>{t.instead}</strong> <SettingValues values={configured} />
							</>
						)}
						{adopted === undefined && <SettingValues values={configured} />}
					</dd>
				</div>
			))}
		</dl>
	);
}

function nameOf(t: (typeof settings)['da'], name: string): string {
	const witness = name.startsWith('witnesses.') ? name.slice('witnesses.'.length) : null;
	if (witness) return t.witness({ name: witness });
	return Object.entries(t.names).find(([known]) => known === name)?.[1] ?? name;
}

function SettingValues({ values }: { values: Values }) {
	const t = useTexts(settings);
	if (!values) return <span className="quiet">{t.absent}</span>;
	if (values.length === 0) return <span className="quiet">{t.none}</span>;
	return values.map((value) => t.values[value as keyof typeof t.values] ?? value).join(', ');
}
