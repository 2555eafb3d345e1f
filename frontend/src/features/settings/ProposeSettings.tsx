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
	const propose = async (reason: string) => {
		const input = { area, reason };
		return (await client.mutation(ProposeSettingsDocument, { input }).toPromise()).data?.proposeSettings;
	};
	return <ReasonForm id={area} label={t.propose[area]} reasonHint={t.reasonHint} propose={propose} />;
}
