import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { KeepersPage } from '@/features/access/KeepersPage';
import { Decided } from '@/features/rules/Decided';
import { ProposeSettings } from '@/features/settings/ProposeSettings';
import { SettingRows } from '@/features/settings/SettingRows';
import { CriticalSettingsDocument, type CriticalSettingsQuery } from '@/features/settings/settings.generated';
import { useSpeech, useTexts } from '@/i18n';
import { settings } from '@/i18n/settings';

/** The settings of the configuration that hold only as two have adopted them; and proposing those that wait. */
export function SettingsPage() {
	const t = useTexts(settings);
	return (
		<KeepersPage title={t.title} lead={t.lead} forbidden={t.forbidden}>
			{(decides) => <Areas decides={decides} />}
		</KeepersPage>
	);
}

/** `decides`: whoever looks may propose, and read changes. */
function Areas({ decides }: { decides: boolean }) {
	const t = useTexts(settings);
	const [{ data, error, fetching, failed }, retry] = useLasting({
		query: CriticalSettingsDocument,
		requestPolicy: 'cache-and-network',
	});
	if (!data) {
		return <Loading failed={Boolean(error) && !fetching} failure={t.failed} onRetry={retry} />;
	}
	return (
		<>
			<NotRefreshed failed={failed} onRetry={retry} />
			{data.criticalSettings.map((each) => (
				<Area key={each.area} area={each} decides={decides} />
			))}
		</>
	);
}

function Area(props: { area: CriticalSettingsQuery['criticalSettings'][number]; decides: boolean }) {
	const { say } = useSpeech();
	const t = useTexts(settings);
	const { area, decides } = props;
	const { since, change, waits } = area;
	const title = `area-${area.area}`;
	const label = say(area.label);
	return (
		<section aria-labelledby={title}>
			<h2 id={title}>{label.charAt(0).toUpperCase() + label.slice(1)}</h2>
			<Decided holds={!waits} since={since} change={change} decides={decides} words={t} />
			{waits && <p className="prose">{t.waitsText}</p>}
			<SettingRows rows={area.settings} />
			{waits && decides && <ProposeSettings area={area.area} />}
		</section>
	);
}
