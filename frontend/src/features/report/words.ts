import type { Language } from '@/i18n';
import type { Messages } from '@/i18n/da';
import { country, duration, moment, number } from '@/i18n/format';
import { serverNow } from '@/api/clock';
import { UNKNOWN } from './answers';
import { optionsOf } from './options';
import type { CatalogueFactFragment } from './report.generated';

/** A fact's value as a person would say it. */
export function inWords(
	fact: CatalogueFactFragment,
	value: unknown,
	m: Messages,
	language: Language,
): string {
	if (value === UNKNOWN) return m.report.unknown;
	const labels = () => new Map(optionsOf(fact, language).map((option) => [option.id, option.label]));
	switch (fact.type) {
		case 'BOOL':
			return value ? m.report.yes : m.report.no;
		case 'ENUM':
			return labels().get(String(value)) ?? String(value);
		case 'SET':
		case 'COUNTRIES': {
			const known = labels();
			const ids = Array.isArray(value) ? value.map(String) : [];
			const word = (id: string) => known.get(id) ?? (fact.type === 'COUNTRIES' ? country(id, language) : id);
			return ids.map(word).join(', ');
		}
		case 'INSTANT':
			return moment(new Date(String(value)), language, serverNow());
		case 'MINUTES':
			return duration(Number(value), language);
		case 'MONEY_EUR':
			return `${number(Number(value), language)} ${m.report.euro}`;
		case 'PERCENT':
			return `${number(Number(value), language)} ${m.report.percent}`;
		case 'TEXT':
			return String(value);
		default:
			return number(Number(value), language);
	}
}
