import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Alert } from '@/components/Alert';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import {
	TryCatalogueDocument,
	VersionsDocument,
	type VersionHeadFragment,
} from '@/features/law/law.generated';
import { BackLink } from '@/features/law/PackPage';
import { TryFacts } from '@/features/law/TryFacts';
import { Changed, Differ, useSteps, useWords, Whole } from '@/features/law/TryResult';
import { useTrial } from '@/features/law/useTrial';
import { VersionNote } from '@/features/law/Versions';
import { useAssessment } from '@/features/report/useAssessment';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';

/** What if: state facts, and watch what the rules say of them, under one version or two. Stores nothing. */
export function TryPage() {
	const t = useTexts(law);
	const [{ data, fetching, error }, again] = useQuery({ query: VersionsDocument });
	const versions = data?.packVersions;
	return (
		<div className="law">
			<BackLink to="/law">{t.toVersions}</BackLink>
			<PageTitle>{t.tryTitle}</PageTitle>
			<p className="lead">{t.tryLead}</p>
			<p className="prose quiet">{t.tryPrivate}</p>
			{versions ? (
				<Trial versions={versions} />
			) : (
				<Loading
					failed={Boolean(error) && !fetching}
					failure={t.failed}
					onRetry={() => again({ requestPolicy: 'network-only' })}
				/>
			)}
		</div>
	);
}

function Trial({ versions }: { versions: readonly VersionHeadFragment[] }) {
	const { m, say } = useSpeech();
	const t = useTexts(law);
	const [trial, change] = useTrial();
	const inForce = versions.find(({ status }) => status === 'IN_FORCE') ?? versions[0];
	const head = versions.find(({ version }) => version === trial.version) ?? inForce;
	const otherHead = versions.find(({ version }) => version === trial.other && version !== head?.version);
	const version = head?.version ?? '';
	const [{ data }] = useQuery({ query: TryCatalogueDocument, variables: { version }, pause: !version });
	const catalogue = data?.packVersion?.content.facts;
	const labels = useMemo(() => new Map(catalogue?.map((fact) => [fact.id, fact.label])), [catalogue]);
	const labelOf = (fact: string) => {
		const label = labels.get(fact);
		return label ? say(label) : fact;
	};
	const assessing = useAssessment(version ? trial.facts : null, version);
	const other = useAssessment(otherHead ? trial.facts : null, otherHead?.version);
	const steps = useSteps(trial.facts, version, assessing);
	const words = useWords(labelOf);
	const { now } = steps;
	const versus =
		otherHead && other.settled && other.assessment
			? { facts: trial.facts, version: otherHead.version, assessment: other.assessment }
			: null;
	return (
		<>
			<VersionChoice
				versions={versions}
				version={version}
				other={otherHead?.version ?? ''}
				onChoose={(chosen) => change((last) => ({ ...last, ...chosen }))}
			/>
			{head && <VersionNote head={head} />}
			{otherHead?.status === 'DRAFT' && <VersionNote head={otherHead} />}
			<div className="columns try">
				<div className="columns-main">
					{catalogue ? (
						<TryFacts
							version={version}
							catalogue={catalogue}
							facts={trial.facts}
							asked={now?.assessment.questions.map(({ fact }) => fact.id) ?? []}
							onChange={(next) => change((last) => ({ ...last, facts: next(last.facts) }))}
						/>
					) : (
						<Loading failure="" />
					)}
				</div>
				<div className="columns-side">
					<section className="panel" aria-labelledby="changed-title">
						<div className="panel-head">
							<h2 id="changed-title">{t.changedTitle}</h2>
							<span className="panel-updating">{assessing.updating ? m.assessment.updating : ''}</span>
						</div>
						{assessing.failed && (
							<Alert kind="warning" title={m.assessment.failed} live>
								<button type="button" className="link-button" onClick={assessing.retry}>
									{m.common.retry}
								</button>
							</Alert>
						)}
						<Changed steps={steps} catalogue={catalogue ?? []} words={words} />
					</section>
					{now && versus && <Differ one={now} other={versus} words={words} />}
					{now && <Whole step={now} labelOf={labelOf} />}
				</div>
			</div>
		</>
	);
}

function VersionChoice(props: {
	versions: readonly VersionHeadFragment[];
	version: string;
	other: string;
	onChoose: (chosen: { version?: string; other?: string }) => void;
}) {
	const t = useTexts(law);
	const option = ({ version, status }: VersionHeadFragment) => (
		<option key={version} value={version}>
			{`${version} (${t.status[status]})`}
		</option>
	);
	return (
		<div className="filters">
			<div>
				<label className="form-label" htmlFor="try-version">
					{t.tryVersion}
				</label>
				<select
					className="form-select"
					id="try-version"
					value={props.version}
					onChange={(event) => props.onChoose({ version: event.target.value })}
				>
					{props.versions.map(option)}
				</select>
			</div>
			<div>
				<label className="form-label" htmlFor="try-other">
					{t.tryWith}
				</label>
				<select
					className="form-select"
					id="try-other"
					value={props.other}
					onChange={(event) => props.onChoose({ other: event.target.value })}
				>
					<option value="">{t.tryAlone}</option>
					{props.versions.filter(({ version }) => version !== props.version).map(option)}
				</select>
			</div>
		</div>
	);
}
