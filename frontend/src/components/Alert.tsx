import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './Icon';

const ICONS = { info: 'info', success: 'check', warning: 'alert', error: 'alert' } as const;

/**
 * A message in the page. `live` announces it: politely, or at once for errors. `focused` takes the focus when it appears, where
 * what had the focus goes away with what the message is about.
 */
export function Alert(props: {
	kind: keyof typeof ICONS;
	title?: string;
	live?: boolean;
	focused?: boolean;
	children?: ReactNode;
}) {
	const box = useRef<HTMLDivElement>(null);
	const { focused = false } = props;
	useEffect(() => {
		if (focused) box.current?.focus();
	}, [focused]);
	const role = props.kind === 'error' ? 'alert' : 'status';
	return (
		<div
			className={`notice notice-${props.kind}`}
			ref={box}
			{...(props.live ? { role } : {})}
			{...(focused ? { tabIndex: -1 } : {})}
		>
			<Icon name={ICONS[props.kind]} />
			<div className="notice-body">
				{props.title && <p className="notice-title">{props.title}</p>}
				{props.children}
			</div>
		</div>
	);
}
