import type { Adoption } from '@/features/rules/payload';
import type { CriticalSettingsQuery } from './settings.generated';

/** What a setting is set to now and what a change makes of it; null where it is not set. */
export type Becoming = { name: string; holds: readonly string[] | null; becomes: readonly string[] | null };

const valuesOf = (settings: Adoption['settings'], name: string) =>
	settings.find((setting) => setting.name === name)?.values ?? null;

/** What the adoption makes of each setting of its area, those that it takes away included; null when the area is unknown. */
export function becomingOf(
	{ area, settings }: Adoption,
	areas: CriticalSettingsQuery['criticalSettings'],
): Becoming[] | null {
	const held = areas.find((each) => each.area.toLowerCase() === area)?.settings;
	if (!held) return null;
	const holding = held.flatMap(({ name, adopted }) => (adopted ? [{ name, values: adopted }] : []));
	const names = new Set([...settings, ...holding].map(({ name }) => name));
	return [...names].map((name) => ({
		name,
		holds: valuesOf(holding, name),
		becomes: valuesOf(settings, name),
	}));
}

/** Whether a setting stays as it is. */
export const stays = ({ holds, becomes }: Becoming): boolean =>
	JSON.stringify(holds) === JSON.stringify(becomes);
