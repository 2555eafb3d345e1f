import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { ANOTHER_YEAR, moment } from '@/i18n/format';
import { pages } from '@/i18n/pages';

/** The receipts of an incident that was reported on more than once; `shown` is the one on this page. */
export function Receipts(props: {
	of: string;
	receipts: readonly { id: string; receivedAt: string }[];
	shown?: string;
}) {
	const { language } = useSpeech();
	const t = useTexts(pages);
	const { of: id, receipts, shown } = props;
	if (receipts.length < 2) return null;
	return (
		<nav aria-label={t.receipt.all} className="no-print">
			<p>{t.receipt.all}</p>
			<ol>
				{receipts.map((receipt) => (
					<li key={receipt.id}>
						<Link
							to="/incident/$id/receipt"
							params={{ id }}
							search={{ filing: receipt.id }}
							aria-current={receipt.id === shown ? 'page' : undefined}
						>
							{moment(new Date(receipt.receivedAt), language, ANOTHER_YEAR)}
						</Link>
					</li>
				))}
			</ol>
		</nav>
	);
}
