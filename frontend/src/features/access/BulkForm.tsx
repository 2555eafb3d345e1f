import { useState, type ReactNode } from 'react';
import { isReason, ReasonField } from '@/features/rules/ReasonField';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** What one can do with the rows that are ticked, each with the same reason. */
export function BulkForm(props: {
	count: number;
	busy: boolean;
	text?: string;
	actions: readonly { label: string; secondary?: boolean; act: (reason: string) => void }[];
	children?: ReactNode;
}) {
	const t = useTexts(access);
	const [reason, setReason] = useState('');
	const [tried, setTried] = useState(false);
	if (props.count === 0) return null;
	const act = (go: (reason: string) => void) => {
		setTried(true);
		if (!isReason(reason)) document.getElementById('bulk-reason')?.focus();
		else if (!props.busy) go(reason.trim());
	};
	return (
		<div className="bulk no-print">
			<p className="bulk-count" role="status">
				{t.selected({ n: props.count })}
			</p>
			<ReasonField
				id="bulk-reason"
				label={t.reason}
				hint={t.reasonHint}
				value={reason}
				error={tried && !isReason(reason) ? t.length({ n: [...reason.trim()].length }) : null}
				onChange={setReason}
			/>
			{props.text && <p className="form-hint prose">{props.text}</p>}
			<div className="actions">
				{props.actions.map(({ label, secondary, act: go }) => (
					<button
						key={label}
						type="button"
						className={`button ${secondary ? 'button-secondary' : 'button-primary'}`}
						aria-disabled={props.busy}
						onClick={() => act(go)}
					>
						{label}
					</button>
				))}
			</div>
			{props.children}
		</div>
	);
}
