import { useSpeech } from '@/i18n';
import { Loading } from './Loading';
import { PageTitle } from './PageTitle';

/** A page whose subject is on its way, does not exist, may not be known of, or did not come: in that order of hope. */
export function NothingHere(props: {
	fetching: boolean;
	failed: boolean;
	/** What to say when it did not come, and when there is nothing: what one may not see does not exist. */
	failure: string;
	missing: string;
	onRetry: () => void;
}) {
	const { m } = useSpeech();
	if (props.fetching) return <Loading failure="" />;
	return (
		<>
			<PageTitle>{props.failed ? m.notLoaded : m.notFound.title}</PageTitle>
			<Loading failed failure={props.failed ? props.failure : props.missing} onRetry={props.onRetry} />
		</>
	);
}
