import { Link } from '@tanstack/react-router';
import { Alert } from '@/components/Alert';
import { TableHead } from '@/components/TableHead';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { brief, moment, number } from '@/i18n/format';
import { keys } from '@/i18n/keys';
import type { VaultQuery } from './keys.generated';

/** The vault, as the page has it. */
export type Vault = VaultQuery['vault'];

/** What is missing, and how many keys there are. */
export function Counts({ vault }: { vault: Vault }) {
	const { language } = useSpeech();
	const t = useTexts(keys);
	const rows = [
		[t.rootNow, <code key="root">{vault.root}</code>],
		[t.incidents, number(vault.incidents, language)],
		[t.destroyed, number(vault.destroyed, language)],
		[t.withoutKey, number(vault.withoutKey, language)],
	] as const;
	return (
		<>
			{vault.withoutKey > 0 && (
				<Alert kind="error" title={t.withoutKeyTitle({ n: number(vault.withoutKey, language) })} live>
					<p>{t.withoutKeyText}</p>
				</Alert>
			)}
			<dl className="facts-bar">
				{rows.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</>
	);
}

/** The root keys that are needed, and for how many keys. */
export function Roots({ vault }: { vault: Vault }) {
	const { language } = useSpeech();
	const t = useTexts(keys);
	if (vault.roots.length === 0) return <p>{t.rootsNone}</p>;
	const stand = (root: Vault['roots'][number]) => {
		if (root.name === vault.root) return t.current;
		return root.known ? t.retired : t.unknown;
	};
	return (
		<table className="law-table">
			<caption className="sr-only">{t.roots}</caption>
			<TableHead headings={[t.root, t.locks, t.status]} />
			<tbody>
				{vault.roots.map((root) => (
					<tr key={root.name}>
						<th scope="row" data-label={t.root}>
							<code>{root.name}</code>
						</th>
						<td data-label={t.locks}>{number(root.keys, language)}</td>
						<td data-label={t.status}>
							<span className={`mark mark-change mark-${root.name === vault.root ? 'EXECUTED' : 'OPEN'}`}>
								{stand(root)}
							</span>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** What is approved and waits for a server. `decides`: whoever looks may read changes. */
export function Approved({ approved, decides }: { approved: Vault['approved']; decides: boolean }) {
	const { say, language } = useSpeech();
	const t = useTexts(keys);
	const now = useNow();
	if (approved.length === 0) return null;
	return (
		<Alert kind="info" title={t.approvedTitle}>
			<p>{t.approvedText}</p>
			<ul>
				{approved.map(({ changeId, title, approvedAt }) => (
					<li key={changeId}>
						{decides ? (
							<Link to="/rules/change/$id" params={{ id: changeId }}>
								{say(title)}
							</Link>
						) : (
							say(title)
						)}
						, {t.approvedAt({ when: brief(new Date(approvedAt), language, now) })}
					</li>
				))}
			</ul>
		</Alert>
	);
}

/** The last replacements, newest first: what, and on whose word. */
export function Replacements(props: { replacements: Vault['replacements']; decides: boolean }) {
	const { language } = useSpeech();
	const t = useTexts(keys);
	const now = useNow();
	if (props.replacements.length === 0) return <p>{t.replacementsNone}</p>;
	const word = ({ at, changeId, reason }: Vault['replacements'][number]) => {
		if (!changeId) return [t.alone, reason && `“${reason}”`].filter(Boolean).join(': ');
		if (!props.decides) return t.byTwo;
		return (
			<Link
				to="/rules/change/$id"
				params={{ id: changeId }}
				aria-label={t.seeChange({ when: moment(new Date(at), language, now) })}
			>
				{t.byTwo}
			</Link>
		);
	};
	return (
		<table className="law-table">
			<caption className="sr-only">{t.replacements}</caption>
			<TableHead headings={[t.when, t.what, t.count, t.onWhoseWord]} />
			<tbody>
				{props.replacements.map((it) => (
					<tr key={it.at}>
						<th scope="row" data-label={t.when}>
							{brief(new Date(it.at), language, now)}
						</th>
						<td data-label={t.what}>{t[it.what]}</td>
						<td data-label={t.count}>{number(it.keys, language)}</td>
						<td data-label={t.onWhoseWord}>{word(it)}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
