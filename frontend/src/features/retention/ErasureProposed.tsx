import { Alert } from '@/components/Alert';
import type { ErasureChange } from '@/features/rules/payload';
import { useTexts } from '@/i18n';
import { erasure } from '@/i18n/erasure';

/** What an erasure at once does, for whoever reads its change: whose incidents, and what that means. `open`: it is not decided. */
export function ErasureProposed({ name, open }: ErasureChange & { open: boolean }) {
	const t = useTexts(erasure);
	return (
		<>
			<dl className="answers">
				<div className="answers-row">
					<dt>{t.erased}</dt>
					<dd>{name === null ? t.ofAll : t.of({ name })}</dd>
				</div>
			</dl>
			{open ? (
				<Alert kind="warning" title={t.happensTitle}>
					<ul>
						{t.happens.map((what) => (
							<li key={what}>{what}</li>
						))}
					</ul>
				</Alert>
			) : (
				<p className="prose">{t.happens.join(' ')}</p>
			)}
		</>
	);
}
