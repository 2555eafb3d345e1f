import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { learnServerTime, serverNow } from './clock';
import { EMBEDDED } from './client';
import { listenToStreams, watchedFetch, type StreamEvent } from './stream';

/** Types with an id of their own, which the cache keeps once. */
const IDENTIFIED = [
	'Case',
	'Fact',
	'Incident',
	'Organisation',
	'Pack',
	'Session',
	'TimelineEntry',
	'Unit',
	'Viewer',
];

it('the cache knows of every type of the contract whether it has an identity', () => {
	const schema = buildSchema(readFileSync('../schema/schema.graphql', 'utf8'));
	const types = Object.values(schema.getTypeMap())
		.filter((type) => isObjectType(type) && !type.name.startsWith('__'))
		.map((type) => type.name)
		.filter((name) => !['Query', 'Mutation', 'Subscription'].includes(name));
	expect([...EMBEDDED, ...IDENTIFIED].toSorted()).toEqual(types.toSorted());
});

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
