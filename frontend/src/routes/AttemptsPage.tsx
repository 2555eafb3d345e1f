import { useState } from 'react';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { PageTitle } from '@/components/PageTitle';
import { AttemptsDocument } from '@/features/attempts/attempts.generated';
import { Patterns } from '@/features/attempts/Patterns';
import { Tasks } from '@/features/attempts/Tasks';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { attempts } from '@/i18n/attempts';

/** For those who watch over access: what was rejected, and what somebody has to follow up. */
export function AttemptsPage() {
	const t = useTexts(attempts);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const watches = isKeeper(viewer);
	return (
		<div className="law">
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{watches ? t.lead : t.forbidden}</p>
			{watches && <Found />}
		</div>
	);
}

function Found() {
	const t = useTexts(attempts);
	const [open, setOpen] = useState(true);
	const [after, setAfter] = useState<string | null>(null);
	const [{ data, error, fetching, failed }, reload] = useLasting({
		query: AttemptsDocument,
		variables: { open, after },
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={reload} />;
	}
	const { nodes, pageInfo } = data.attemptBlocks;
	return (
		<>
			<NotRefreshed failed={failed} onRetry={reload} />
			<section aria-labelledby="tasks-title">
				<h2 id="tasks-title">{t.tasks}</h2>
				<p>
					<button
						type="button"
						className="button button-secondary"
						onClick={() => {
							setOpen(!open);
							setAfter(null);
						}}
					>
						{open ? t.showAll : t.showOpen}
					</button>
				</p>
				<Tasks blocks={nodes} onDone={reload} />
				{pageInfo.hasNextPage && (
					<button
						type="button"
						className="button button-secondary"
						onClick={() => setAfter(pageInfo.endCursor)}
					>
						{t.more}
					</button>
				)}
			</section>
			<Patterns found={data.attemptPatterns} />
		</>
	);
}
