import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { ChangeMark } from '@/features/rules/ChangeList';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { OwnRightsDocument } from './access.generated';
import { RightsTable } from './RightsTable';
import { useSelection } from './useSelection';
import { Withdraw } from './Withdraw';

/** What one may do oneself, why, and what one has asked for. */
export function OwnRights() {
	const { say } = useSpeech();
	const t = useTexts(access);
	const [{ data }, again] = useQuery({ query: OwnRightsDocument, requestPolicy: 'cache-and-network' });
	const rights = (data?.myAuthorisations ?? []).filter(
		({ status }) => status !== 'WITHDRAWN' && status !== 'ENDED',
	);
	const waiting = (data?.myRequests.nodes ?? []).filter(({ status }) => status === 'OPEN');
	const selection = useSelection(rights.filter(({ withdrawable }) => withdrawable).map(({ id }) => id));
	if (!data) return null;
	return (
		<section aria-labelledby="own-rights">
			<h2 id="own-rights">{t.ownTitle}</h2>
			{rights.length === 0 && <p>{t.ownNone}</p>}
			{rights.length > 0 && (
				<>
					<p>{t.ownText}</p>
					<RightsTable rights={rights} caption={t.ownTitle} selection={selection} />
				</>
			)}
			{/* Also when the last one is given up: what came of it is said here. */}
			<Withdraw selection={selection} onDone={() => again({ requestPolicy: 'network-only' })} />
			{waiting.length > 0 && (
				<>
					<h3>{t.pendingOwn}</h3>
					<ul>
						{waiting.map(({ id, title, status }) => (
							<li key={id}>
								<Link to="/rules/change/$id" params={{ id }}>
									{say(title)}
								</Link>{' '}
								<ChangeMark status={status} />
							</li>
						))}
					</ul>
				</>
			)}
			<p>
				<Link to="/account/request">{t.ask}</Link>
			</p>
		</section>
	);
}
