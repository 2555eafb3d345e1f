/** What a change carries out, read from exactly what is approved. */
export type Publication = { version: string; inForceFrom: string; reassessRunning: boolean };

/** Reads a payload that publishes a version; null when it is something that these pages do not know. */
export function readPayload(payload: string): Publication | null {
	let value: unknown;
	try {
		value = JSON.parse(payload);
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null) return null;
	const { version, in_force_from: from, reassess_running: running } = value as Record<string, unknown>;
	if (typeof version !== 'string' || typeof from !== 'string' || Number.isNaN(Date.parse(from))) return null;
	return typeof running === 'boolean' ? { version, inForceFrom: from, reassessRunning: running } : null;
}
