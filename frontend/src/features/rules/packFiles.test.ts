// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { LIMIT, readPack, sendPack } from './packFiles';
import { readPayload } from './payload';

const file = (path: string, text = 'x'): File => {
	const made = new File([text], path.split('/').at(-1) ?? '');
	Object.defineProperty(made, 'webkitRelativePath', { value: path });
	return made;
};

describe('a chosen folder', () => {
	it('is read as a pack: paths inside the folder, only what belongs to a pack', async () => {
		const chosen = [
			file('dk/regimes/gdpr_33.yaml', 'id: gdpr_33'),
			file('dk/pack.yaml', 'id: dk'),
			file('dk/guidance/ddos.da.md', '# Råd'),
			file('dk/.DS_Store'),
			file('dk/.git/x.yaml'),
			file('dk/notes.txt'),
		];
		expect(await readPack(chosen)).toEqual({
			files: { 'guidance/ddos.da.md': '# Råd', 'pack.yaml': 'id: dk', 'regimes/gdpr_33.yaml': 'id: gdpr_33' },
			bytes: 23,
		});
	});

	it.each([
		['nothing', [], 'nothingChosen'],
		['no pack in it', [file('dk/x.yaml')], 'noPackFile'],
		['only other files', [file('dk/x.txt')], 'noPackFile'],
		['the folder above', [file('packs/dk/pack.yaml')], 'noPackFile'],
	])('with %s is refused before anything is sent', async (_, chosen, code) => {
		expect(await readPack(chosen)).toEqual({ mistake: { code } });
	});

	it('that is too big is refused, with its size', async () => {
		const chosen = [file('dk/pack.yaml', 'x'.repeat(LIMIT + 1))];
		expect(await readPack(chosen)).toEqual({ mistake: { code: 'tooBig', bytes: LIMIT + 1 } });
	});

	it('whose file cannot be read any more names the file', async () => {
		const gone = file('dk/pack.yaml');
		gone.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
		expect(await readPack([gone])).toEqual({ mistake: { code: 'unreadable', what: 'pack.yaml' } });
	});
});

describe('sending a pack', () => {
	const answer = (status: number, body: unknown) =>
		vi.stubGlobal(
			'fetch',
			vi.fn(async () => new Response(JSON.stringify(body), { status })),
		);
	const text = { da: 'skriv en version', en: 'write a version' };
	const problem = { file: 'pack.yaml', line: 3, message: text.en, text };

	it.each([
		[200, { version: '2026.2', sha256: 'ab' }, { version: '2026.2' }],
		[422, { problems: [problem] }, { problems: [problem] }],
		[413, null, { refused: 'tooLarge' }],
		[401, null, { refused: 'signedOut' }],
		[403, null, { refused: 'forbidden' }],
		[404, null, { refused: 'forbidden' }],
		[415, null, { refused: 'unreadable' }],
		[500, null, { refused: 'other' }],
		[200, { something: 'else' }, { refused: 'other' }],
	])('understands %s', async (status, body, understood) => {
		answer(status, body);
		expect(await sendPack({ 'pack.yaml': 'x' })).toEqual(understood);
		const [address, init] = vi.mocked(fetch).mock.calls[0] ?? [];
		expect([address, init?.method, JSON.parse(String(init?.body))]).toEqual([
			'/packs',
			'POST',
			{ files: { 'pack.yaml': 'x' } },
		]);
	});

	it('says when the server cannot be reached', async () => {
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		expect(await sendPack({})).toEqual({ refused: 'offline' });
	});
});

describe('what a change carries out', () => {
	const payload = {
		content_sha256: 'ab',
		in_force_from: '2026-12-01T00:00:00Z',
		kind: 'publish_pack',
		reassess_running: true,
	};
	it('is read from exactly what is approved', () => {
		expect(readPayload(JSON.stringify({ ...payload, version: '2026.2' }))).toEqual({
			version: '2026.2',
			inForceFrom: '2026-12-01T00:00:00Z',
			reassessRunning: true,
		});
	});

	it.each([
		'',
		'null',
		'[]',
		JSON.stringify(payload),
		JSON.stringify({ ...payload, version: '1', in_force_from: 'soon' }),
	])('is nothing that these pages know: %s', (text) => expect(readPayload(text)).toBeNull());
});
