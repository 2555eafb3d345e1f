import { Link } from '@tanstack/react-router';
import { isInvestigator, useViewer } from '@/features/session/viewer';
import { useSpeech } from '@/i18n';

/** Leads to the log of use, for whoever may look into it. */
export function LogLink() {
	const { m } = useSpeech();
	const { viewer } = useViewer();
	return isInvestigator(viewer) && <Link to="/uses">{m.common.seeUses}</Link>;
}
