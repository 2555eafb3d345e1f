import type { ReactNode } from 'react';
import { Icon } from './Icon';

const ICONS = { info: 'info', success: 'check', warning: 'alert', error: 'alert' } as const;

/** A message in the page. `live` announces it: politely, or at once for errors. */
export function Alert(props: {
	kind: keyof typeof ICONS;
	title?: string;
	live?: boolean;
	children?: ReactNode;
}) {
	const role = props.kind === 'error' ? 'alert' : 'status';
	return (
		<div className={`notice notice-${props.kind}`} {...(props.live ? { role } : {})}>
			<Icon name={ICONS[props.kind]} />
			<div className="notice-body">
				{props.title && <p className="notice-title">{props.title}</p>}
				{props.children}
			</div>
		</div>
	);
}
