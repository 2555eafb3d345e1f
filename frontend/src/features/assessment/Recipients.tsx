import type { RecipientFragment } from '@/api/shared.generated';
import { Disclosure } from '@/components/Disclosure';
import { PhoneLink } from '@/components/PhoneLink';
import { useSpeech } from '@/i18n';
import { Reasons } from './Reasons';

/** Who receives, in which part, and why. A unit stands once, with all its reasons. */
export function Recipients({ routes }: { routes: readonly RecipientFragment[] }) {
	const { m, say } = useSpeech();
	return (
		<ul className="recipients">
			{byUnit(routes).map(({ unit, part, reasons }) => (
				<li key={unit.id}>
					<p className="recipient">
						<strong>{say(unit.name)}</strong> <span className={`mark mark-${part}`}>{m.part[part]}</span>
					</p>
					<Disclosure summary={m.assessment.why}>
						<Reasons because={reasons} />
						{unit.phone && (
							<p>
								{m.common.phone}: <PhoneLink number={unit.phone} />
							</p>
						)}
					</Disclosure>
				</li>
			))}
		</ul>
	);
}

const RANK = { LEAD: 0, SUPPORT: 1, INFORM: 2 };

function byUnit(routes: readonly RecipientFragment[]) {
	const units = new Map<
		string,
		{
			unit: RecipientFragment['unit'];
			part: RecipientFragment['part'];
			reasons: RecipientFragment['because'][];
		}
	>();
	for (const route of routes.toSorted((a, b) => RANK[a.part] - RANK[b.part])) {
		const known = units.get(route.unit.id);
		if (known) known.reasons.push(route.because);
		else units.set(route.unit.id, { unit: route.unit, part: route.part, reasons: [route.because] });
	}
	return [...units.values()];
}
