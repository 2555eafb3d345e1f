// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readSearch, toFilter } from './search';

describe('the filters in the address', () => {
	it('become the filter of the API', () => {
		const search = readSearch({ status: 'open', late: 'true', severity: '3', text: ' gas ', after: 'c1' });
		expect(search).toEqual({ status: 'open', late: true, severity: 3, text: ' gas ', after: 'c1' });
		expect(toFilter(search)).toEqual({
			status: ['NEW', 'IN_PROGRESS'],
			late: true,
			minSeverity: 3,
			text: 'gas',
		});
		expect(toFilter(readSearch({ status: 'CLOSED' }))).toEqual({ status: ['CLOSED'] });
	});

	it('leave out what makes no sense', () => {
		expect(readSearch({ status: 'x', late: 'no', severity: 9, text: {}, after: 1 })).toEqual({});
		expect(readSearch({ severity: '' })).toEqual({});
		expect(readSearch({ text: 42 })).toEqual({ text: '42' });
		expect(toFilter({})).toEqual({});
	});
});
