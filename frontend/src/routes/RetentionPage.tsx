import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { HeldTable } from '@/features/retention/HeldTable';
import { KeptUsesTable } from '@/features/retention/KeptUsesTable';
import { PolicyTable } from '@/features/retention/PolicyTable';
import { RetentionDocument } from '@/features/retention/retention.generated';
import { RunsTable } from '@/features/retention/RunsTable';
import { Standing } from '@/features/retention/Standing';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { erasure } from '@/i18n/erasure';
import { keptUses } from '@/i18n/keptUses';
import { retention } from '@/i18n/retention';

/** How long each kind of data is kept, whether it is erased in time, what is held, and what was erased. */
export function RetentionPage() {
	const t = useTexts(retention);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const answers = isKeeper(viewer);
	return (
		<div className="law">
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{answers ? t.lead : t.forbidden}</p>
			{answers && <Kept decides={viewer?.functions.includes('ADMINISTER') ?? false} />}
		</div>
	);
}

/** `decides`: whoever looks may propose holds. */
function Kept({ decides }: { decides: boolean }) {
	const t = useTexts(retention);
	const erase = useTexts(erasure);
	const uses = useTexts(keptUses);
	const [{ data, error, fetching }, again] = useQuery({
		query: RetentionDocument,
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		const retry = () => again({ requestPolicy: 'network-only' });
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />;
	}
	const kept = data.retention;
	return (
		<>
			<Standing kept={kept} />
			<p>
				<Link to="/compliance">{t.report}</Link>
			</p>
			<section aria-labelledby="held-title">
				<h2 id="held-title">{t.held}</h2>
				<p className="prose">{t.heldText}</p>
				<HeldTable held={kept.held} decides={decides} />
				{decides && (
					<p>
						<Link to="/retention/hold" className="button button-secondary">
							{t.propose}
						</Link>
					</p>
				)}
			</section>
			<section aria-labelledby="uses-title">
				<h2 id="uses-title">{uses.title}</h2>
				<p className="prose">{uses.text}</p>
				<KeptUsesTable kept={kept.keptUses} decides={decides} />
				{decides && (
					<p>
						<Link to="/access">{uses.findPerson}</Link>
					</p>
				)}
			</section>
			{decides && (
				<p>
					<Link to="/retention/erase">{erase.link}</Link>
				</p>
			)}
			<section aria-labelledby="policy-title">
				<h2 id="policy-title">{t.policy}</h2>
				<PolicyTable lines={kept.lines} />
			</section>
			<section aria-labelledby="runs-title">
				<h2 id="runs-title">{t.runs}</h2>
				<RunsTable runs={kept.runs} />
			</section>
			<p className="quiet">{t.logged}</p>
		</>
	);
}
