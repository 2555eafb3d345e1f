import { expect, it } from 'vitest';
import { readPeriod } from './period';
import { reportAddress } from './reportFile';

const now = new Date('2026-11-25T12:00:00Z');

it('leaves to the server what nobody typed', () => {
	expect(readPeriod({ since: '', until: ' ' }, now).period).toEqual({ since: null, until: null });
	expect(reportAddress('json', { since: null, until: null }, 'en')).toBe(
		'/compliance-report.json?language=en',
	);
});

it('reads Danish days, the last one included, in winter and in summer', () => {
	expect(readPeriod({ since: '1.1.2026', until: '2026-06-30' }, now).period).toEqual({
		since: '2025-12-31T23:00:00.000Z',
		until: '2026-06-30T22:00:00.000Z',
	});
});

it('ends now where it ends today', () => {
	expect(readPeriod({ since: '1.11.2026', until: '25.11.2026' }, now).period?.until).toBeNull();
	expect(readPeriod({ since: '25.11.2026', until: '' }, now).period?.since).toBe('2026-11-24T23:00:00.000Z');
});

it('names what is wrong with each field', () => {
	const mistakes = (since: string, until: string) => readPeriod({ since, until }, now).mistakes;
	expect(mistakes('31.2.2026', 'snart')).toEqual({ since: 'noDay', until: 'noDay' });
	expect(mistakes('', '26.11.2026')).toEqual({ until: 'future' });
	expect(mistakes('2.10.2026', '1.10.2026')).toEqual({ since: 'backwards' });
	expect(mistakes('26.11.2026', '')).toEqual({ since: 'backwards' });
	expect(mistakes('1.10.2026', '1.10.2026')).toEqual({});
});
