import type { ReactNode } from 'react';
import { useSpeech } from '@/i18n';
import { Alert } from './Alert';

/** Keeps the place of what is on its way, so that the page does not jump; says so when it does not come. */
export function Loading(props: {
	failed?: boolean;
	failure: string;
	onRetry?: () => void;
	children?: ReactNode;
}) {
	const { m } = useSpeech();
	if (!props.failed) {
		return (
			<div className="loading" aria-busy="true">
				<p className="loading-text">{m.common.loading}</p>
			</div>
		);
	}
	return (
		<div className="loading">
			<Alert kind="error" title={props.failure} live>
				{props.onRetry && (
					<button type="button" className="button button-secondary" onClick={props.onRetry}>
						{m.common.retry}
					</button>
				)}
			</Alert>
		</div>
	);
}
