import { Link } from '@tanstack/react-router';
import type { WordsFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { anchor } from './find';

/** How many units are named in the open; a role that means another unit in each sector can mean twenty. */
const SHOWN = 3;

type Named = { id: string; name: WordsFragment };

/** Units by name, each leading to its contacts. */
export function UnitLinks({ version, units }: { version: string; units: readonly Named[] }) {
	const { say } = useSpeech();
	const t = useTexts(law);
	if (units.length === 0) return t.none;
	const links = units.map((unit) => (
		<Link
			key={unit.id}
			to="/law/$version/$part"
			params={{ version, part: 'units' }}
			hash={anchor('unit', unit.id)}
			className="law-one"
		>
			{say(unit.name)}
		</Link>
	));
	if (units.length <= SHOWN) return <div>{links}</div>;
	return <Disclosure summary={t.bySector({ n: units.length })}>{links}</Disclosure>;
}

/** Whom a report goes to: units, or people who are not one. `units`: those of the version. */
export function StageRecipients(props: { version: string; ids: readonly string[]; units: readonly Named[] }) {
	const t = useTexts(law);
	const byId = new Map(props.units.map((unit) => [unit.id, unit]));
	const units = props.ids.flatMap((id) => byId.get(id) ?? []);
	const others = props.ids.filter((id) => !byId.has(id));
	return (
		<div>
			{(units.length > 0 || others.length === 0) && <UnitLinks version={props.version} units={units} />}
			{others.map((id) => (
				<span key={id} className="law-one">
					{id === 'data_subjects' ? t.people : id}
				</span>
			))}
		</div>
	);
}
