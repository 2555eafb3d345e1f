import { Link, useParams } from '@tanstack/react-router';
import { PARTS, type Part } from '@/features/law/find';
import { BackLink, NoItem, PackFrame } from '@/features/law/PackPage';
import { Clocks } from '@/features/law/parts/Clocks';
import { Playbooks } from '@/features/law/parts/Playbooks';
import { Regimes } from '@/features/law/parts/Regimes';
import { Routes } from '@/features/law/parts/Routes';
import { Sectors } from '@/features/law/parts/Sectors';
import type { PartProps } from '@/features/law/parts/shared';
import { Units } from '@/features/law/parts/Units';
import { useTexts } from '@/i18n';
import { law } from '@/i18n/law';

const PAGES = {
	regimes: Regimes,
	clocks: Clocks,
	sectors: Sectors,
	routes: Routes,
	units: Units,
	guidance: Playbooks,
};

/** One part of a version: all regimes, all time limits, all sectors and so on. */
export function LawPartPage() {
	const { version, part } = useParams({ from: '/law/$version/$part' });
	const known = PARTS.find((each) => each === part);
	return known ? <PartPage key={known} version={version} part={known} /> : <NoItem />;
}

function PartPage({ version, part }: { version: string; part: Part }) {
	const t = useTexts(law);
	const Page = PAGES[part];
	const frame: PartProps['frame'] = (head, inside) => (
		<PackFrame
			title={t.partTitle({ part: t.parts[part], version })}
			back={
				<BackLink to="/law/$version" params={{ version }}>
					{t.toVersion({ version })}
				</BackLink>
			}
			head={head}
		>
			<PartNav version={version} here={part} />
			<p className="lead">{t.partTexts[part]}</p>
			{inside}
		</PackFrame>
	);
	return <Page version={version} frame={frame} />;
}

/** From each part to the others. */
function PartNav({ version, here }: { version: string; here: Part }) {
	const t = useTexts(law);
	return (
		<nav className="law-nav no-print" aria-label={t.contents}>
			<ul>
				{PARTS.map((part) => (
					<li key={part}>
						<Link
							to="/law/$version/$part"
							params={{ version, part }}
							{...(part === here ? { 'aria-current': 'page' as const } : {})}
						>
							{t.parts[part]}
						</Link>
					</li>
				))}
			</ul>
		</nav>
	);
}
