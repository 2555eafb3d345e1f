import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MyIncidentsDocument } from '@/features/incident/incident.generated';
import { SubmitReportDocument } from '@/features/report/report.generated';
import { PhoneLinesDocument } from '@/features/session/phones.generated';
import { fakeServer } from '@/testing/server';
import { makeClient } from './client';
import { learnServerTime, serverNow } from './clock';
import { listenToStreams, watchedFetch, type StreamEvent } from './stream';

const from = (date: string) => new Response('', { headers: date ? { date } : {} });

describe('the server’s clock', () => {
	const here = Date.parse('2026-11-24T12:00:00Z');
	afterEach(() => learnServerTime(from(new Date().toUTCString()), Date.now() - 3000));

	it('wins over the browser’s', () => {
		vi.useFakeTimers({ now: here, toFake: ['Date'] });
		learnServerTime(from('Tue, 24 Nov 2026 13:00:00 GMT'), here);
		expect(serverNow().toISOString()).toBe('2026-11-24T13:00:00.000Z');
		learnServerTime(from(''), here);
		expect(serverNow().toISOString()).toBe('2026-11-24T13:00:00.000Z');
	});
});

const answer = (type: string, status = 200) =>
	vi.stubGlobal(
		'fetch',
		async () => new Response('event: next\n\n', { status, headers: { 'content-type': type } }),
	);

describe('watched streams', () => {
	let events: StreamEvent[];
	let stop: () => void;
	beforeEach(() => {
		events = [];
		stop = listenToStreams((event) => events.push(event));
	});
	afterEach(() => stop());

	it('tell that they opened, live and ended, and change nothing', async () => {
		answer('text/event-stream');
		expect(await (await watchedFetch('/graphql')).text()).toBe('event: next\n\n');
		expect(events).toEqual(['open', 'closed']);
	});

	it('are only event streams that were granted', async () => {
		answer('application/json');
		await (await watchedFetch('/graphql')).text();
		answer('text/event-stream', 401);
		await (await watchedFetch('/graphql')).text();
		expect(events).toEqual([]);
	});
});

describe('the cache', () => {
	const fact = { id: 'description', label: { da: 'x', en: 'x' }, help: null, kind: 'TEXT', options: [] };
	const root = {
		incidents: () => ({ nodes: [], totalCount: 0 }),
		pack: () => ({ id: 'dk', units: [] }),
		submitReport: () => ({ __typename: 'ReportIncomplete', missing: [{ fact, for: [], need: 'REQUIRED' }] }),
	};

	it('asks again what a mutation may have changed, also an empty list, and nothing else', async () => {
		const server = fakeServer(root);
		const client = makeClient();
		const seen: number[] = [];
		const { unsubscribe } = client
			.query(MyIncidentsDocument, {})
			.subscribe(({ data }) => seen.push(data?.incidents.nodes.length ?? -1));
		const phones = client.query(PhoneLinesDocument, {}).subscribe(() => {});
		await vi.waitFor(() => expect(seen).toHaveLength(1));
		await client.mutation(SubmitReportDocument, { input: { idempotencyKey: 'k', facts: {} } }).toPromise();
		await vi.waitFor(() => expect(server.asked('query MyIncidents')).toHaveLength(2));
		expect(server.asked('query PhoneLines')).toHaveLength(1);
		unsubscribe();
		phones.unsubscribe();
	});

	it('sends hashes and no documents', async () => {
		fakeServer(root);
		const asked = vi.spyOn(globalThis, 'fetch');
		await makeClient().query(MyIncidentsDocument, {}).toPromise();
		const body = JSON.parse(String(asked.mock.calls[0]?.[1]?.body)) as Record<string, unknown>;
		expect(Object.keys(body)).toEqual(['documentId', 'variables']);
		expect(body.documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
	});
});
