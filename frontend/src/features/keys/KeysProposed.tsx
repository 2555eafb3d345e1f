import type { KeysChange } from '@/features/rules/payload';
import { useTexts } from '@/i18n';
import { keys } from '@/i18n/keys';

/** What a change about keys does, for whoever reads it: whose keys or which root keys, and what that means. */
export function KeysProposed({ change }: { change: KeysChange }) {
	const t = useTexts(keys);
	if (change.what === 'renew') {
		return (
			<>
				<dl className="answers">
					<div className="answers-row">
						<dt>{t.whoseKeys}</dt>
						<dd>{change.name ?? t.form.all}</dd>
					</div>
				</dl>
				<p className="prose">{t.renewText}</p>
			</>
		);
	}
	return (
		<>
			<dl className="answers">
				<div className="answers-row">
					<dt>{t.newRoot}</dt>
					<dd>
						<code>{change.root}</code>
					</dd>
				</div>
				<div className="answers-row">
					<dt>{t.oldRoots}</dt>
					<dd>
						<code>{change.retired.join(', ')}</code>
					</dd>
				</div>
			</dl>
			<p className="prose">{t.replaceText}</p>
			<p className="prose">{t.replaceAfter}</p>
		</>
	);
}
