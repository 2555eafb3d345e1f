import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { useLasting } from '@/api/useLasting';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Loading } from '@/components/Loading';
import { useNow } from '@/components/useNow';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { ChangeTable } from '@/features/law/ChangeTable';
import { useRows } from '@/features/rules/Comparison';
import { Refused } from '@/features/rules/Refused';
import type { RefusalFragment } from '@/features/rules/rules.generated';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { rules } from '@/i18n/rules';
import { ReassessDocument, ReassessmentDocument } from './reassess.generated';

/** Says that newer rules are in force than the incident was assessed under; shows their effect before it is chosen. */
export default function Reassess(props: { incident: string; onDone: (to: string) => void }) {
	const { language } = useSpeech();
	const t = useTexts(rules).reassess;
	const now = useNow();
	const [asked, setAsked] = useState(false);
	const [{ data, fetching, error }, retry] = useLasting({
		query: ReassessmentDocument,
		variables: { incident: props.incident },
		requestPolicy: 'cache-and-network',
	});
	const reassessment = data?.reassessment;
	const failed = Boolean(error) && !fetching;
	if (!reassessment && !failed) return null;
	if (!reassessment) {
		return <Loading failed failure={t.failed} onRetry={retry} />;
	}
	const { from, to, changes } = reassessment;
	const since = data.packVersions.find(({ version }) => version === to)?.inForceFrom;
	const title = since
		? t.noticeSince({ from, to, when: moment(new Date(since), language, now) })
		: t.notice({ from, to });
	return (
		<div className="no-print">
			<Alert kind="warning" title={title}>
				<p>{t.text}</p>
				<button
					type="button"
					className="button button-secondary"
					aria-expanded={asked}
					onClick={() => setAsked(!asked)}
				>
					{t.see}
				</button>
			</Alert>
			{asked && (
				<Effect incident={props.incident} from={from} to={to} changes={changes} onDone={props.onDone} />
			)}
		</div>
	);
}

function Effect(props: {
	incident: string;
	from: string;
	to: string;
	changes: Parameters<ReturnType<typeof useRows>>[0];
	onDone: (to: string) => void;
}) {
	const all = useTexts(rules);
	const t = all.reassess;
	const rows = useRows();
	const dialog = useRef<HTMLDialogElement>(null);
	const client = useClient();
	const [refusal, setRefusal] = useState<RefusalFragment | Unanswered | null>(null);
	const { incident, from, to, changes } = props;
	const confirm = async () => {
		setRefusal(null);
		const input = { incident, packVersion: to };
		const { data, error } = await client.mutation(ReassessDocument, { input }).toPromise();
		const answer = data?.reassessIncident;
		if (answer?.__typename === 'IncidentReassessed') return props.onDone(to);
		setRefusal(answer ?? { error });
	};
	return (
		<section aria-labelledby="reassess-title">
			<h2 id="reassess-title">{t.title}</h2>
			{changes.length === 0 ? (
				<p>{t.none}</p>
			) : (
				<ChangeTable
					caption={t.title}
					before={all.beforeIs({ version: from })}
					after={all.beforeIs({ version: to })}
					rows={rows(changes)}
				/>
			)}
			{refusal && 'error' in refusal && <NotDone {...refusal} otherwise={all.notSent} />}
			{refusal && 'code' in refusal && <Refused refusal={refusal} />}
			<div className="actions">
				<button type="button" className="button button-primary" onClick={() => dialog.current?.showModal()}>
					{t.confirm({ to })}
				</button>
			</div>
			<ConfirmDialog
				ref={dialog}
				question={t.sure({ to })}
				yes={t.yes}
				no={t.no}
				onYes={() => void confirm()}
			>
				<p>{t.sureText}</p>
			</ConfirmDialog>
		</section>
	);
}
