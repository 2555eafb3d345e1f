import { useSpeech } from '@/i18n';
import { Alert } from './Alert';

/** Says that what stands on the page could not be brought up to date; nothing where it could. */
export function NotRefreshed({ failed, onRetry }: { failed: boolean; onRetry: () => void }) {
	const { m } = useSpeech();
	if (!failed) return null;
	return (
		<Alert kind="warning" title={m.common.notRefreshed} live>
			<button type="button" className="button button-secondary" onClick={onRetry}>
				{m.common.retry}
			</button>
		</Alert>
	);
}
