import { useQuery } from 'urql';
import { Loading } from '@/components/Loading';
import type { Adoption } from '@/features/rules/payload';
import { useTexts } from '@/i18n';
import { settings } from '@/i18n/settings';
import { becomingOf, stays, type Becoming } from './becoming';
import { CriticalSettingsDocument } from './settings.generated';
import { SettingList, SettingValues } from './SettingRows';

/** Settings that a change adopts; while it can be decided, with what holds now. */
export function SettingsProposed({ adoption, open }: { adoption: Adoption; open: boolean }) {
	return open ? <Compared adoption={adoption} /> : <Adopted adoption={adoption} />;
}

function Adopted({ adoption }: { adoption: Adoption }) {
	const rows = adoption.settings.map(({ name, values }) => ({
		name,
		said: <SettingValues values={values} />,
	}));
	return <SettingList rows={rows} />;
}

function Compared({ adoption }: { adoption: Adoption }) {
	const t = useTexts(settings);
	const [{ data, error, fetching }, again] = useQuery({
		query: CriticalSettingsDocument,
		requestPolicy: 'cache-and-network',
	});
	const becoming = data && becomingOf(adoption, data.criticalSettings);
	if (becoming) {
		return (
			<>
				<p className="prose">{t.becomingText}</p>
				<SettingList rows={becoming.map((row) => ({ name: row.name, said: <Step {...row} /> }))} />
			</>
		);
	}
	return (
		<>
			<Loading
				failed={(Boolean(error) || becoming === null) && !fetching}
				failure={t.nowFailed}
				onRetry={() => again({ requestPolicy: 'network-only' })}
			/>
			<Adopted adoption={adoption} />
		</>
	);
}

/** From what holds to what is proposed. */
function Step(row: Becoming) {
	const t = useTexts(settings);
	if (stays(row)) {
		return (
			<>
				<SettingValues values={row.holds} /> <span className="quiet">({t.unchanged})</span>
			</>
		);
	}
	return (
		<>
			<SettingValues values={row.holds} /> <span aria-hidden="true">→</span>{' '}
			<span className="sr-only">{t.becomes}</span>{' '}
			<strong>{row.becomes ? <SettingValues values={row.becomes} /> : t.takenAway}</strong>
		</>
	);
}
