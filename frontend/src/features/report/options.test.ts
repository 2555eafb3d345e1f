// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fact, option } from '@/testing/fixtures';
import { grouped, optionsOf, search } from './options';

const sectors = fact('service.sectors', 'SET', {
	options: [
		option('energy.gas', 'Energi'),
		option('energy.oil', 'Energi'),
		option('health.pharma', 'Sundhed'),
	],
});

describe('options', () => {
	it('are found by every word, in label or heading', () => {
		const options = optionsOf(sectors, 'da');
		expect(search(options, 'ENERGI gas').map(({ id }) => id)).toEqual(['energy.gas']);
		expect(search(options, 'sundhed')).toHaveLength(1);
		expect(search(options, '')).toHaveLength(3);
		expect(search(options, 'bank')).toEqual([]);
	});

	it('are found by what people call them, and a short word only where a word begins', () => {
		const called = (id: string, ...alsoCalled: string[]) => ({
			id,
			label: 'Handel',
			group: null,
			alsoCalled,
		});
		const options = [called('energy.electricity', 'strøm', 'el'), called('health.providers', 'hospital')];
		expect(search(options, 'strøm').map(({ id }) => id)).toEqual(['energy.electricity']);
		expect(search(options, 'el').map(({ id }) => id)).toEqual(['energy.electricity']);
		expect(search(options, 'spital').map(({ id }) => id)).toEqual(['health.providers']);
	});

	it('stand under their headings', () => {
		expect(grouped(optionsOf(sectors, 'da')).map(([heading, under]) => [heading, under.length])).toEqual([
			['Energi', 2],
			['Sundhed', 1],
		]);
	});

	it('are the Member States, by name, where the catalogue lists no countries', () => {
		const countries = optionsOf(fact('incident.member_states', 'COUNTRIES'), 'da');
		expect(countries).toHaveLength(27);
		expect(countries.find(({ id }) => id === 'DE')?.label).toBe('Tyskland');
		expect(countries[0]?.label).toBe('Belgien');
	});
});
