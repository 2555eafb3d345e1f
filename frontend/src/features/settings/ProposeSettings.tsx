import { useClient } from 'urql';
import { ReasonForm } from '@/features/rules/ReasonForm';
import { useTexts } from '@/i18n';
import { settings } from '@/i18n/settings';
import { ProposeSettingsDocument, type CriticalSettingsQuery } from './settings.generated';

type Area = CriticalSettingsQuery['criticalSettings'][number]['area'];

/** Proposes that the settings of an area hold as the configuration has them. */
export function ProposeSettings({ area }: { area: Area }) {
	const t = useTexts(settings);
	const client = useClient();
	const sent = (reason: string) =>
		client.mutation(ProposeSettingsDocument, { input: { area, reason } }).toPromise();
	return <ReasonForm id={area} label={t.propose[area]} reasonHint={t.reasonHint} sent={sent} />;
}
