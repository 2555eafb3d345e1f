import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { comeBackTo, isDemo } from './viewer';

/** Leads to signing in; `back` is where the person wants to go on afterwards. */
export function SignInLink(props: { back?: string; className?: string; children: ReactNode }) {
	const { back, className, children } = props;
	const remember = () => {
		if (back) comeBackTo(back);
	};
	if (isDemo()) {
		return (
			<Link to="/sign-in" className={className} onClick={remember}>
				{children}
			</Link>
		);
	}
	// A plain link, not the router's: the server answers it with a redirect to the identity provider.
	return (
		<a href="/sign-in" className={className} onClick={remember}>
			{children}
		</a>
	);
}
