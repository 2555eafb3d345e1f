import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useNow } from '@/components/useNow';
import { BackLink } from '@/features/law/PackPage';
import { OnlyAdministrators } from '@/features/rules/OnlyAdministrators';
import { ProposeSettings } from '@/features/settings/ProposeSettings';
import { SettingRows } from '@/features/settings/SettingRows';
import { CriticalSettingsDocument, type CriticalSettingsQuery } from '@/features/settings/settings.generated';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { rules } from '@/i18n/rules';
import { settings } from '@/i18n/settings';

/** The settings of the configuration that hold only as two have adopted them; and proposing those that wait. */
export function SettingsPage() {
	const t = useTexts(settings);
	return (
		<OnlyAdministrators title={t.title}>
			<Areas />
		</OnlyAdministrators>
	);
}

function Areas() {
	const t = useTexts(settings);
	const { back } = useTexts(rules);
	const [{ data, fetching, error }, again] = useQuery({
		query: CriticalSettingsDocument,
		requestPolicy: 'cache-and-network',
	});
	return (
		<div className="law">
			<BackLink to="/rules">{back}</BackLink>
			<PageTitle>{t.title}</PageTitle>
			<p className="lead">{t.lead}</p>
			{!data && (
				<Loading
					failed={Boolean(error) && !fetching}
					failure={t.failed}
					onRetry={() => again({ requestPolicy: 'network-only' })}
				/>
			)}
			{data?.criticalSettings.map((each) => (
				<Area key={each.area} area={each} />
			))}
		</div>
	);
}

function Area({ area }: { area: CriticalSettingsQuery['criticalSettings'][number] }) {
	const { say, language } = useSpeech();
	const t = useTexts(settings);
	const now = useNow();
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
				{since && !change && t.fromStart}
				{change && (
					<Link to="/rules/change/$id" params={{ id: change }}>
						{t.seeChange}
					</Link>
				)}
			</p>
			{waits && <p className="prose">{t.waitsText}</p>}
			<SettingRows rows={area.settings} />
			{waits && <ProposeSettings area={area.area} />}
		</section>
	);
}
