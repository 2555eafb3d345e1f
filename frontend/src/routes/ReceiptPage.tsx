import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { Alert } from '@/components/Alert';
import { NothingHere } from '@/components/NothingHere';
import { PageTitle } from '@/components/PageTitle';
import { Recipients } from '@/features/assessment/Recipients';
import { Receipts } from '@/features/incident/Receipts';
import { isOpen } from '@/features/incident/DeadlineClock';
import { GuidanceSteps } from '@/features/incident/GuidanceSteps';
import { ReceiptPageDocument, type ReceiptPageQuery } from '@/features/incident/incident.generated';
import { AllNotSent } from '@/features/incident/NotSent';
import { Clocks } from '@/features/incident/Sections';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';
import { ANOTHER_YEAR, moment } from '@/i18n/format';

/** Proof that the report was received, what is next, and what to do now. Its address stays good. */
export function ReceiptPage() {
	const { m } = useSpeech();
	const { id } = useParams({ from: '/incident/$id/receipt' });
	const { filing } = useSearch({ from: '/incident/$id/receipt' });
	const [{ data, fetching, error }, retry] = useLasting({
		query: ReceiptPageDocument,
		variables: { id },
		// An incident that was reported on further has a newer receipt than the one read before.
		requestPolicy: 'network-only',
	});
	const incident = data?.incident;
	const receipts = incident?.receipts ?? [];
	const receipt = filing ? receipts.find((one) => one.id === filing) : receipts.at(-1);
	if (!incident || !receipt) {
		const { failed: failure, notFound: missing } = m.incident;
		return <NothingHere {...{ fetching, failed: Boolean(error), failure, missing, onRetry: retry }} />;
	}
	return <ReceiptView incident={incident} receipt={receipt} />;
}

type Incident = NonNullable<ReceiptPageQuery['incident']>;
type Receipt = Incident['receipts'][number];

/** Of the newest receipt, every open duty that has a time; else what was due next when it was given. */
function comingOf({ obligations, receipts }: Incident, { id, next }: Receipt) {
	const timed = obligations.filter((duty) => isOpen(duty) && duty.target && id === receipts.at(-1)?.id);
	return timed.length > 0 || !next ? timed : [next];
}

function ReceiptView({ incident, receipt }: { incident: Incident; receipt: Receipt }) {
	const { language } = useSpeech();
	const t = useTexts(pages);
	const { repeated } = useSearch({ from: '/incident/$id/receipt' });
	const received = moment(new Date(receipt.receivedAt), language, ANOTHER_YEAR);
	const next = comingOf(incident, receipt);
	return (
		<div className="receipt">
			<div className="receipt-head">
				<PageTitle>{t.receipt.title}</PageTitle>
				<p className="receipt-number-label">{t.receipt.number}</p>
				<p className="receipt-number">{receipt.number}</p>
				<p>
					{incident.organisation.name}
					{incident.organisation.cvr && `, CVR ${incident.organisation.cvr}`}
				</p>
				<p>
					{t.receipt.receivedAt} <time dateTime={receipt.receivedAt}>{received}</time> {t.receipt.danishTime}
				</p>
			</div>
			{repeated && <Alert kind="info" title={t.receipt.repeated} />}
			<section aria-labelledby="next-title">
				<h2 id="next-title">{t.receipt.next}</h2>
				{next.length > 0 ? (
					<Clocks duties={next} addTo={incident.id} routes={receipt.recipients} years />
				) : (
					<p>{t.receipt.nextNone}</p>
				)}
			</section>
			<section aria-labelledby="first-title">
				<h2 id="first-title">{t.receipt.firstSteps}</h2>
				<GuidanceSteps guidance={incident.guidance} onlyFirst />
			</section>
			<section aria-labelledby="to-title">
				<h2 id="to-title">{t.receipt.recipients}</h2>
				{receipt.recipients.length > 0 ? (
					<Recipients routes={receipt.recipients} />
				) : (
					<p>{t.receipt.noRecipients}</p>
				)}
				<AllNotSent duties={incident.obligations} routes={receipt.recipients} />
			</section>
			{receipt.met.length > 0 && (
				<section aria-labelledby="met-title">
					<h2 id="met-title">{t.receipt.met}</h2>
					<Clocks duties={receipt.met} years />
				</section>
			)}
			<dl className="answers">
				<div className="answers-row">
					<dt>{t.receipt.filedBy}</dt>
					<dd>{receipt.filedBy}</dd>
				</div>
				<div className="answers-row">
					<dt>{t.receipt.hash}</dt>
					<dd>
						<code className="hash">{receipt.factsSha256}</code>
						<span className="form-hint">{t.receipt.hashText}</span>
					</dd>
				</div>
			</dl>
			<p className="no-print">{t.receipt.keep}</p>
			<Receipts of={incident.id} receipts={incident.receipts} shown={receipt.id} />
			<div className="actions no-print">
				<Link to="/incident/$id" params={{ id: incident.id }} className="button button-primary">
					{t.receipt.toIncident}
				</Link>
				<Link to="/report" search={{ incident: incident.id }} className="button button-secondary">
					{t.further.action}
				</Link>
				<button type="button" className="button button-secondary" onClick={() => window.print()}>
					{t.receipt.print}
				</button>
			</div>
		</div>
	);
}
