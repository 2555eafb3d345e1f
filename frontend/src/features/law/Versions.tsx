import { Link } from '@tanstack/react-router';
import { Alert } from '@/components/Alert';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { law } from '@/i18n/law';
import type { VersionHeadFragment } from './law.generated';

/** What a version of the rules is worth, in a word. */
export function VersionMark({ status }: Pick<VersionHeadFragment, 'status'>) {
	const t = useTexts(law);
	return <span className={`mark mark-version mark-${status}`}>{t.status[status]}</span>;
}

/** What a reader must know of the version before reading on. Nothing on the one in force; a draft cannot be missed. */
export function VersionNote({ head }: { head: VersionHeadFragment }) {
	const { language } = useSpeech();
	const t = useTexts(law);
	const now = useNow();
	const { status, inForceFrom } = head;
	if (status === 'DRAFT') {
		return (
			<Alert kind="warning" title={t.draftTitle}>
				<p>{t.draftText}</p>
			</Alert>
		);
	}
	const when = inForceFrom ? moment(new Date(inForceFrom), language, now) : t.noDate;
	const notes = {
		RECEIVED: t.receivedNote,
		PROPOSED: t.proposedNote,
		SCHEDULED: t.scheduledNote({ when }),
		SUPERSEDED: t.supersededNote,
		IN_FORCE: null,
	};
	const note = notes[status];
	return note ? <Alert kind="info" title={note} /> : null;
}

/** The versions, newest first, each with its worth and its date. */
export function VersionTable({ versions }: { versions: readonly VersionHeadFragment[] }) {
	const { say, language } = useSpeech();
	const t = useTexts(law);
	const now = useNow();
	return (
		<table className="law-table">
			<caption className="sr-only">{t.versions}</caption>
			<thead>
				<tr>
					<th scope="col">{t.version}</th>
					<th scope="col">{t.statusHead}</th>
					<th scope="col">{t.inForceHead}</th>
				</tr>
			</thead>
			<tbody>
				{versions.map((each) => (
					<tr key={each.version}>
						<th scope="row" data-label={t.version}>
							<span>
								<Link to="/law/$version" params={{ version: each.version }}>
									{each.version}
								</Link>{' '}
								<span className="quiet">{say(each.name)}</span>
							</span>
						</th>
						<td data-label={t.statusHead}>
							<VersionMark status={each.status} />
						</td>
						<td data-label={t.inForceHead}>
							{each.inForceFrom ? moment(new Date(each.inForceFrom), language, now) : t.noDate}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
