/** Reads a rule pack from a folder that was chosen in the browser, and hands it to the server. */

/** The most that the server takes, in bytes. */
export const LIMIT = 4 * 1024 * 1024;

/** What can be wrong with a choice before anything is sent. */
export type ChoiceMistake =
	| { code: 'nothingChosen' | 'noPackFile' }
	| { code: 'tooBig'; bytes: number }
	| { code: 'unreadable'; what: string };

/** A pack's files by their paths inside the pack, and their size. */
export type PackFiles = { files: Record<string, string>; bytes: number };

/** A place where the pack is wrong. */
export type PackProblem = {
	file: string;
	line: number | null;
	message: string;
	text: { da: string; en: string };
};

/** What came of sending a pack. */
export type Received =
	| { version: string }
	| { problems: PackProblem[] }
	| { refused: 'offline' | 'tooLarge' | 'signedOut' | 'forbidden' | 'unreadable' | 'other' };

/** The path inside the chosen folder; a file that was chosen alone has only its name. */
const pathOf = (file: File) => file.webkitRelativePath.split('/').slice(1).join('/') || file.name;

const belongs = (path: string) =>
	/\.(ya?ml|md)$/i.test(path) && !path.split('/').some((part) => part.startsWith('.'));

/** Reads the files that belong to a pack. */
export async function readPack(chosen: readonly File[]): Promise<PackFiles | { mistake: ChoiceMistake }> {
	const files = chosen
		.map((file) => [pathOf(file), file] as const)
		.filter(([path]) => belongs(path))
		.toSorted(([a], [b]) => a.localeCompare(b));
	if (files.length === 0) return { mistake: { code: chosen.length === 0 ? 'nothingChosen' : 'noPackFile' } };
	if (!files.some(([path]) => path === 'pack.yaml')) return { mistake: { code: 'noPackFile' } };
	const bytes = files.reduce((sum, [, file]) => sum + file.size, 0);
	if (bytes > LIMIT) return { mistake: { code: 'tooBig', bytes } };
	const read: Record<string, string> = {};
	for (const [path, file] of files) {
		try {
			read[path] = await file.text();
		} catch {
			return { mistake: { code: 'unreadable', what: path } };
		}
	}
	return { files: read, bytes };
}

/** Sends a pack to be checked and received. */
export async function sendPack(files: Record<string, string>): Promise<Received> {
	let response: Response;
	try {
		response = await fetch('/packs', {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ files }),
		});
	} catch {
		return { refused: 'offline' };
	}
	return understand(response.status, await response.json().catch(() => null));
}

function understand(status: number, body: unknown): Received {
	const field = (name: string): unknown =>
		typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
	const [version, problems] = [field('version'), field('problems')];
	if (status === 200 && typeof version === 'string') return { version };
	if (status === 422 && Array.isArray(problems)) return { problems: problems as PackProblem[] };
	if (status === 413) return { refused: 'tooLarge' };
	if (status === 401) return { refused: 'signedOut' };
	if ([403, 404].includes(status)) return { refused: 'forbidden' };
	return { refused: [400, 415].includes(status) ? 'unreadable' : 'other' };
}
