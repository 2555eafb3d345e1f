import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import type { ChangeWholeFragment } from '@/features/rules/rules.generated';
import { useRightWords } from './words';

/** The right that a change gives: whose, what, how far, for what and how long. */
export function GrantedRight({ grant }: { grant: NonNullable<ChangeWholeFragment['grant']> }) {
	const t = useTexts(access);
	const words = useRightWords();
	const { from, until, temporary } = grant;
	const rows = [
		[t.holder, grant.holderName],
		[t.may, words.functions(grant.functions)],
		[t.reach, words.reach(grant.reach)],
		[t.purpose, grant.purpose],
		[t.window, from && words.window({ from, until })],
		[t.grantTemporary, temporary && t.temporaries[temporary]],
	] as const;
	return (
		<dl className="answers">
			{rows.map(
				([name, value]) =>
					value && (
						<div key={name} className="answers-row">
							<dt>{name}</dt>
							<dd>{value}</dd>
						</div>
					),
			)}
		</dl>
	);
}
