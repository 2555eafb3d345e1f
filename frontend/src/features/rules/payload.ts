/** An identity provider that a change trusts, read from exactly what is approved. */
export type Trust = { name: string; issuer: string; settings: { name: string; values: string[] }[] };

/** What a publication carries out, read from exactly what is approved. */
export type Publication = { version: string; inForceFrom: string; reassessRunning: boolean };

function fieldsOf(payload: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(payload);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

const isMoment = (value: unknown): value is string =>
	typeof value === 'string' && !Number.isNaN(Date.parse(value));

const rowsOf = (settings: object) =>
	Object.entries(settings).map(([name, values]) => ({
		name,
		values: Array.isArray(values) ? values.map(String) : [],
	}));

/** Reads a payload that trusts an identity provider; null when it is something else. */
export function readTrust(payload: string): Trust | null {
	const { name, issuer, settings } = fieldsOf(payload);
	if (typeof name !== 'string' || typeof issuer !== 'string') return null;
	if (typeof settings !== 'object' || settings === null) return null;
	return { name, issuer, settings: rowsOf(settings) };
}

/** Settings that a change adopts, read from exactly what is approved. */
export type Adoption = { area: string; settings: { name: string; values: string[] }[] };

/** Reads a payload that adopts settings; null when it is something else. */
export function readAdoption(payload: string): Adoption | null {
	const { kind, area, settings } = fieldsOf(payload);
	if (kind !== 'adopt_settings' || typeof area !== 'string') return null;
	return typeof settings === 'object' && settings !== null ? { area, settings: rowsOf(settings) } : null;
}

/** Reads a payload that publishes a version; null when it is something that these pages do not know. */
export function readPayload(payload: string): Publication | null {
	const { version, in_force_from: from, reassess_running: running } = fieldsOf(payload);
	if (typeof version !== 'string' || !isMoment(from)) return null;
	return typeof running === 'boolean' ? { version, inForceFrom: from, reassessRunning: running } : null;
}

/** A hold that a change places, until when; or lifts, read from exactly what is approved. */
export type HoldChange = { number: string; until: string | null };

/** Reads a payload about a hold on an incident; null when it is something else. */
export function readHoldChange(payload: string): HoldChange | null {
	const { kind, number, until } = fieldsOf(payload);
	if (typeof number !== 'string') return null;
	if (kind === 'lift_hold') return { number, until: null };
	return kind === 'place_hold' && isMoment(until) ? { number, until } : null;
}

/** Log entries of what this person did, that a change keeps; or lets go of, where `keeps` is null. Read from exactly what is approved. */
export type KeptUsesChange = {
	person: string;
	name: string;
	keeps: { from: string; to: string; until: string } | null;
};

/** Reads a payload about log entries of what a person did; null when it is something else. */
export function readKeptUses(payload: string): KeptUsesChange | null {
	const { kind, person, name, from, to, until } = fieldsOf(payload);
	if (typeof person !== 'string' || typeof name !== 'string') return null;
	if (kind === 'release_uses') return { person, name, keeps: null };
	if (kind !== 'keep_uses' || !isMoment(from) || !isMoment(to) || !isMoment(until)) return null;
	return { person, name, keeps: { from, to, until } };
}

/** An erasure at once: of the organisation with this name, or of all where it is null; read from exactly what is approved. */
export type ErasureChange = { name: string | null };

const nameOf = (name: unknown): string | null | undefined =>
	typeof name === 'string' || name === null ? name : undefined;

/** Reads a payload that erases incidents at once; null when it is something else. */
export function readErasure(payload: string): ErasureChange | null {
	const fields = fieldsOf(payload);
	const name = nameOf(fields.name);
	return fields.kind === 'erase_at_once' && name !== undefined ? { name } : null;
}

/** Keys that a change replaces: those of an organisation or all, or root keys; read from exactly what is approved. */
export type KeysChange =
	{ what: 'renew'; name: string | null } | { what: 'replace'; root: string; retired: string[] };

/** Reads a payload that replaces keys; null when it is something else. */
export function readKeysChange(payload: string): KeysChange | null {
	const fields = fieldsOf(payload);
	const name = nameOf(fields.name);
	if (fields.kind === 'renew_keys' && name !== undefined) return { what: 'renew', name };
	const { root, retired } = fields;
	if (fields.kind !== 'replace_root_key' || typeof root !== 'string' || !Array.isArray(retired)) return null;
	return { what: 'replace', root, retired: retired.map(String) };
}
