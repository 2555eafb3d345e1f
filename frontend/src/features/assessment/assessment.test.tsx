import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { route, words } from '@/testing/fixtures';
import { show } from '@/testing/render';
import { Laws, verdict } from './Laws';
import { Recipients } from './Recipients';

describe('what a law asks', () => {
	it.each([
		['YES', 'YES', 'must'],
		['YES', 'NO', 'notTriggered'],
		['YES', 'CANNOT_TELL', 'maybe'],
		['CANNOT_TELL', 'YES', 'maybe'],
		['CANNOT_TELL', 'NO', 'maybe'],
		['NO', 'YES', 'no'],
	] as const)('applies %s, triggered %s: %s', (applies, triggered, expected) => {
		expect(verdict({ applies, triggered })).toBe(expected);
	});

	it('is told with reason and source; what does not apply is folded away; what decides is named', () => {
		const regime = (id: string, applies: 'YES' | 'NO' | 'CANNOT_TELL', needToKnow: string[] = []) => ({
			id,
			name: words(id),
			applies,
			triggered: 'YES' as const,
			because: [{ text: words(`fordi ${id}`), cite: `§ ${id}`, facts: [] }],
			needToKnow,
		});
		show(
			<Laws
				regimes={[regime('nej', 'NO'), regime('måske', 'CANNOT_TELL', ['f1']), regime('skal', 'YES')]}
				labelOf={(fact) => `Spørgsmål ${fact}`}
			/>,
		);
		const verdicts = screen.getAllByText(/Skal indberettes|Kan ikke afgøres endnu|^Gælder ikke$/);
		expect(verdicts.map((each) => each.textContent)).toEqual([
			'Skal indberettes',
			'Kan ikke afgøres endnu',
			'Gælder ikke',
		]);
		expect(screen.getByText('§ skal')).toBeTruthy();
		expect(screen.getByText('Spørgsmål f1')).toBeTruthy();
		expect(verdicts[2]?.closest('details')?.open).toBe(false);
	});
});

it('a unit that receives stands once, with every reason, the lead first', () => {
	show(
		<Recipients routes={[route('ens', 'INFORM', 'a'), route('sektorcert'), route('ens', 'SUPPORT', 'b')]} />,
	);
	const [first, second] = screen.getAllByRole('listitem').filter((item) => item.querySelector('.recipient'));
	expect(first?.textContent).toContain('sektorcert Leder sagen');
	expect(within(second as HTMLElement).getByText('Bidrager')).toBeTruthy();
	expect(second?.querySelectorAll('.reasons li')).toHaveLength(2);
});
