import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show } from '@/testing/render';
import { Patterns } from './Patterns';

it('says that none stands out rather than that there were none, with days and numbers in the reader’s language', () => {
	const found = {
		total: 1234,
		openTasks: 0,
		markedTasks: 0,
		days: [{ date: '2026-11-26', cause: 'SECOND_FACTOR' as const, count: 1234 }],
		sources: [],
		today: [{ cause: 'SECOND_FACTOR' as const, count: 3, usual: 0, deviates: false }],
		yesterday: [],
		unusual: [],
	};
	show(<Patterns found={found} />);
	expect(screen.getByText('Ingen skiller sig ud.')).toBeTruthy();
	expect(screen.getByText('26. nov. 2026')).toBeTruthy();
	expect(screen.getByText('0,0')).toBeTruthy();
	expect(screen.getByText('1.234')).toBeTruthy();
});
