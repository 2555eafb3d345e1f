import { Link } from '@tanstack/react-router';
import { useTexts } from '@/i18n';
import { retention } from '@/i18n/retention';

/** From the page of an incident to the proposal to hold it. */
export default function HoldLink({ number }: { number: string }) {
	const t = useTexts(retention);
	return (
		<p className="no-print">
			<Link to="/retention/hold" search={{ incident: number }}>
				{t.holdThis}
			</Link>
		</p>
	);
}
