import { useTexts } from '@/i18n';
import { providers } from '@/i18n/providers';

/** What decides who people are at a provider, setting by setting. */
export function ProviderSettings(props: {
	name: string;
	issuer: string;
	settings: readonly { name: string; values: readonly string[] }[];
}) {
	const t = useTexts(providers);
	const rows = [
		{ name: t.name, values: [props.name] },
		{ name: t.issuer, values: [props.issuer] },
		...props.settings,
	];
	return (
		<dl className="answers">
			{rows.map(({ name, values }) => (
				<div key={name} className="answers-row">
					<dt>{name}</dt>
					<dd>{values.length > 0 ? values.join(', ') : <span className="quiet">{t.empty}</span>}</dd>
				</div>
			))}
		</dl>
	);
}
