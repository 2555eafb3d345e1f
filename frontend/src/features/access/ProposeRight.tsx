import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Alert } from '@/components/Alert';
import { NotDone, type Unanswered } from '@/features/account/NotDone';
import { useStepUp } from '@/features/account/useStepUp';
import { Refused } from '@/features/rules/Refused';
import type { RefusalFragment } from '@/features/rules/rules.generated';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import type { ReachKind } from '@/gql/schema';
import { AskForRightDocument, ReachesDocument } from './access.generated';
import type { Grant } from './draft';
import { GrantForm } from './GrantForm';

type Outcome = { sent: string } | { refusal: RefusalFragment } | Unanswered;

/** A right as the API takes it: `unit/sektorcert` is a unit and its id. */
function input({ reach, ...grant }: Grant, holder: string | null) {
	const [kind = '', id] = reach.split('/');
	return { ...grant, holder, reach: { kind: kind.toUpperCase() as ReachKind, id: id ?? null } };
}

/** Proposes a right for a person, or asks for one for oneself where `holder` is null. */
export function ProposeRight(props: {
	holder: string | null;
	organisations: readonly { id: string; name: string }[];
}) {
	const t = useTexts(access);
	const client = useClient();
	const { ask, sending, dialog } = useStepUp();
	const [{ data: rules }] = useQuery({ query: ReachesDocument });
	const [outcome, setOutcome] = useState<Outcome | null>(null);
	const send = (grant: Grant) => {
		setOutcome(null);
		ask(
			() => client.mutation(AskForRightDocument, { input: input(grant, props.holder) }).toPromise(),
			({ data, error }) => {
				const answer = data?.requestAuthorisation;
				if (!answer) return setOutcome({ error });
				setOutcome(answer.__typename === 'ChangeProposed' ? { sent: answer.change.id } : { refusal: answer });
			},
		);
	};
	if (outcome && 'sent' in outcome) {
		return (
			<Alert kind="success" title={props.holder ? t.sent : t.asked} live focused>
				<p>{props.holder ? t.sentText : t.askedText}</p>
				<p>
					<Link to="/rules/change/$id" params={{ id: outcome.sent }}>
						{t.seeProposal}
					</Link>
				</p>
			</Alert>
		);
	}
	const reaches = {
		organisations: props.organisations,
		units: rules?.pack.units ?? [],
		sectors: rules?.pack.sectors ?? [],
	};
	return (
		<>
			<GrantForm reaches={reaches} label={props.holder ? t.send : t.sendAsk} busy={sending} onSend={send}>
				{outcome && 'refusal' in outcome && <Refused refusal={outcome.refusal} />}
				{outcome && 'error' in outcome && <NotDone {...outcome} otherwise={t.notSent} />}
			</GrantForm>
			{dialog}
		</>
	);
}
