import { useQuery } from 'urql';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { attempts } from '@/i18n/attempts';
import { moment } from '@/i18n/format';
import { AttemptsOnMyAccountDocument } from './attempts.generated';

/** What somebody tried on one's own account: the person knows best whether it was they. */
export function OwnAttempts() {
	const { language } = useSpeech();
	const t = useTexts(attempts);
	const now = useNow();
	const [{ data }] = useQuery({ query: AttemptsOnMyAccountDocument, requestPolicy: 'cache-and-network' });
	if (!data) return null;
	const tried = data.attemptsOnMyAccount;
	return (
		<section aria-labelledby="own-attempts-title">
			<h2 id="own-attempts-title">{t.own.title}</h2>
			<p>{tried.length > 0 ? t.own.text : t.own.none}</p>
			{tried.length > 0 && (
				<ul className="cards">
					{tried.map(({ id, at, cause, client, device }) => (
						<li key={id} className="card">
							<strong className="card-title">{t.causes[cause]}</strong>
							<p>{moment(new Date(at), language, now)}</p>
							<p>{[client, device].filter(Boolean).join(', ')}</p>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
