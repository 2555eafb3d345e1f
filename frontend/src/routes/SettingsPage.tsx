import { Link } from '@tanstack/react-router';
import { useLasting } from '@/api/useLasting';
import { Loading } from '@/components/Loading';
import { NotRefreshed } from '@/components/NotRefreshed';
import { useNow } from '@/components/useNow';
import { KeepersPage } from '@/features/access/KeepersPage';
import { LogLink } from '@/features/log/LogLink';
import { ProposeSettings } from '@/features/settings/ProposeSettings';
import { SettingRows } from '@/features/settings/SettingRows';
import { CriticalSettingsDocument, type CriticalSettingsQuery } from '@/features/settings/settings.generated';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
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
	const { say, language } = useSpeech();
	const t = useTexts(settings);
	const now = useNow();
	const { area, decides } = props;
	const { since, change, waits } = area;
	const title = `area-${area.area}`;
	const label = say(area.label);
	return (
		<section aria-labelledby={title}>
			<h2 id={title}>{label.charAt(0).toUpperCase() + label.slice(1)}</h2>
			<p>
				<span className={`mark mark-change mark-${waits ? 'OPEN' : 'EXECUTED'}`}>
					{waits ? t.waits : t.holds}
				</span>{' '}
				{since && `${t.since} ${moment(new Date(since), language, now)}. `}
				{since && !change && (
					<>
						{t.fromStart} <LogLink />
					</>
				)}
				{change && !decides && t.byTwo}
				{change && decides && (
					<Link to="/rules/change/$id" params={{ id: change }}>
						{t.seeChange}
					</Link>
				)}
			</p>
			{waits && <p className="prose">{t.waitsText}</p>}
			<SettingRows rows={area.settings} />
			{waits && decides && <ProposeSettings area={area.area} />}
		</section>
	);
}
