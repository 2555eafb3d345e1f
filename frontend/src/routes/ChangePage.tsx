import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useLasting } from '@/api/useLasting';
import { Alert } from '@/components/Alert';
import { Disclosure } from '@/components/Disclosure';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { BackLink } from '@/features/law/PackPage';
import { GrantedRight } from '@/features/access/GrantedRight';
import { KeysProposed } from '@/features/keys/KeysProposed';
import { ProviderSettings } from '@/features/providers/ProviderSettings';
import { ErasureProposed } from '@/features/retention/ErasureProposed';
import { HoldProposed } from '@/features/retention/HoldProposed';
import { KeptUsesProposed } from '@/features/retention/KeptUsesProposed';
import { ChangeMark } from '@/features/rules/ChangeList';
import { Comparison } from '@/features/rules/Comparison';
import { Decide } from '@/features/rules/Decide';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import {
	readAdoption,
	readErasure,
	readHoldChange,
	readKeptUses,
	readKeysChange,
	readPayload,
	readTrust,
} from '@/features/rules/payload';
import { OneChangeDocument, type ChangeWholeFragment } from '@/features/rules/rules.generated';
import { SettingsProposed } from '@/features/settings/SettingsProposed';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { moment, relative } from '@/i18n/format';
import { rules } from '@/i18n/rules';

/** One critical change: what exactly, by whom, why, what it means; and the decision on it. */
export function ChangePage() {
	const t = useTexts(rules);
	const { id } = useParams({ from: '/rules/change/$id' });
	const { viewer } = useViewer();
	// Whoever asked for a right may see the change that gives it; the server knows who that is.
	if (!viewer) return <OnlyAdministrators title={t.changeTitle}>{null}</OnlyAdministrators>;
	return <OneChange key={id} id={id} />;
}

function OneChange({ id }: { id: string }) {
	const { m } = useSpeech();
	const t = useTexts(rules);
	const [decided, setDecided] = useState(false);
	const [{ data, fetching, error, failed }, load] = useLasting({
		query: OneChangeDocument,
		variables: { id },
		requestPolicy: 'cache-and-network',
	});
	if (data?.change) {
		const learn = () => {
			setDecided(true);
			load();
		};
		return (
			<>
				<NotRefreshed failed={failed} onRetry={load} />
				<ChangeView change={data.change} decided={decided} onDecided={learn} />
			</>
		);
	}
	if (fetching) return <Loading failure="" />;
	return (
		<>
			<BackLink to="/rules">{t.back}</BackLink>
			<PageTitle>{error ? m.notLoaded : m.notFound.title}</PageTitle>
			<Loading failed failure={error ? t.failed : t.notFound} onRetry={load} />
		</>
	);
}

function ChangeView(props: { change: ChangeWholeFragment; decided: boolean; onDecided: () => void }) {
	const { say } = useSpeech();
	const t = useTexts(rules);
	const { change } = props;
	const open = change.status === 'OPEN';
	return (
		<div className="law">
			<BackLink to="/rules">{t.back}</BackLink>
			<PageTitle>{say(change.title)}</PageTitle>
			{!open && (
				<Alert
					kind={change.status === 'EXECUTED' ? 'success' : 'info'}
					title={t.done[change.status]}
					live={props.decided}
					focused={props.decided}
				>
					{change.decisionReason && (
						<p>
							{t.decisionReason}: {change.decisionReason}
						</p>
					)}
				</Alert>
			)}
			<Who change={change} />
			<What change={change} />
			{open && change.packVersion && <Comparison version={change.packVersion.version} />}
			{open && <Decide change={change} onDecided={props.onDecided} />}
		</div>
	);
}

function Who({ change }: { change: ChangeWholeFragment }) {
	const { language } = useSpeech();
	const t = useTexts(rules);
	const now = useNow();
	const at = (instant: string) => moment(new Date(instant), language, now);
	return (
		<dl className="facts-bar">
			<div>
				<dt>{t.status}</dt>
				<dd>
					<ChangeMark status={change.status} />
				</dd>
			</div>
			<div>
				<dt>{t.by}</dt>
				<dd>{change.proposedBy}</dd>
			</div>
			<div>
				<dt>{t.since}</dt>
				<dd>{at(change.proposedAt)}</dd>
			</div>
			{change.status === 'OPEN' ? (
				<div>
					<dt>{t.expires}</dt>
					<dd>
						{at(change.expiresAt)}{' '}
						<span className="quiet">{relative(new Date(change.expiresAt), language, now)}</span>
					</dd>
				</div>
			) : (
				<div>
					<dt>{t.decided}</dt>
					<dd>{[change.decidedAt && at(change.decidedAt), change.decidedBy].filter(Boolean).join(', ')}</dd>
				</div>
			)}
		</dl>
	);
}

/** In words, read from exactly what is approved; and that itself, with its fingerprint. */
function What({ change }: { change: ChangeWholeFragment }) {
	const { language } = useSpeech();
	const t = useTexts(rules);
	const now = useNow();
	const publication = readPayload(change.payload);
	const trust = readTrust(change.payload);
	const hold = readHoldChange(change.payload);
	const uses = readKeptUses(change.payload);
	const erased = readErasure(change.payload);
	const keys = readKeysChange(change.payload);
	const adoption = readAdoption(change.payload);
	return (
		<section aria-labelledby="what-title">
			<h2 id="what-title">{t.exactly}</h2>
			{trust && <ProviderSettings {...trust} />}
			{change.grant && <GrantedRight grant={change.grant} />}
			{hold && <HoldProposed {...hold} />}
			{uses && <KeptUsesProposed change={uses} />}
			{erased && <ErasureProposed {...erased} open={change.status === 'OPEN'} />}
			{keys && <KeysProposed change={keys} />}
			{adoption && <SettingsProposed adoption={adoption} open={change.status === 'OPEN'} />}
			<dl className="answers">
				{publication && (
					<>
						<div className="answers-row">
							<dt>{t.version}</dt>
							<dd>
								<Link to="/law/$version" params={{ version: publication.version }}>
									{publication.version}
								</Link>
							</dd>
						</div>
						<div className="answers-row">
							<dt>{t.inForceFrom}</dt>
							<dd>{moment(new Date(publication.inForceFrom), language, now)}</dd>
						</div>
					</>
				)}
				<div className="answers-row">
					<dt>{t.reason}</dt>
					<dd>{change.reason}</dd>
				</div>
			</dl>
			{publication && <p>{publication.reassessRunning ? t.runningYes : t.runningNo}</p>}
			<Disclosure summary={t.payload}>
				<p>{t.payloadText}</p>
				<pre className="payload">{change.payload}</pre>
				<p className="hash">SHA-256 {change.payloadSha256}</p>
			</Disclosure>
		</section>
	);
}
