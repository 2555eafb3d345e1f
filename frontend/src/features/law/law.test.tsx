import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { da } from '@/i18n/da';
import { law } from '@/i18n/law';
import { blankAssessment, duty, fact, route, words } from '@/testing/fixtures';
import { content } from '@/testing/law';
import { show } from '@/testing/render';
import { find, namesOf } from './find';
import { Html } from './Html';
import { differences } from './statements';
import { fieldsFor, fromHash, readJson, toHash } from './trial';

describe('cleaned HTML', () => {
	it('becomes elements, with entities read', () => {
		const { container } = show(
			<Html
				html="<h3>Frist</h3><p>72 timer &amp; <em>ikke</em> mere&nbsp;&#39;nu&#39;<br>a < b</p><ul><li>x</li></ul>"
				under={2}
			/>,
		);
		expect(container.querySelector('h3')?.textContent).toBe('Frist');
		expect(container.querySelector('p')?.textContent).toBe("72 timer & ikke mere\u00a0'nu'a < b");
		expect(container.querySelectorAll('ul > li, em, br')).toHaveLength(3);
	});

	it('begins one level below the heading that it stands under, whatever it was written at', () => {
		const { container } = show(<Html html="<h2>Frist</h2><h3>Fra</h3>" under={2} />);
		expect([...container.querySelectorAll('h3, h4')].map((each) => each.tagName)).toEqual(['H3', 'H4']);
		expect(container.querySelector('h2')).toBeNull();
	});

	it.each([
		['<script>alert(1)</script>', 'alert(1)'],
		['<p onclick="alert(1)">tekst</p>', 'tekst'],
		['<img src="x" onerror="alert(1)">efter', 'efter'],
		['<b><p>ulukket', 'ulukket'],
	])('of %j only known tags are left, without attributes', (html, text) => {
		const { container } = show(<Html html={html} under={2} />);
		expect(container.textContent).toBe(text);
		const tags = [...container.querySelectorAll('.law-prose *')];
		expect(tags.every((tag) => tag.tagName === 'P' && tag.attributes.length === 0)).toBe(true);
	});

	it('follows links to other sites only, never to script', () => {
		show(
			<Html
				html='<a href="https://eur-lex.europa.eu/?a=1&amp;b=2">lov</a> <a href="javascript:alert(1)">x</a>'
				under={2}
			/>,
		);
		expect(screen.getByRole('link', { name: 'lov' }).getAttribute('href')).toBe(
			'https://eur-lex.europa.eu/?a=1&b=2',
		);
		expect(screen.getByText('x').getAttribute('href')).toBeNull();
	});
});

describe('a trial in the address', () => {
	it('comes back as it was, also with letters that are not ASCII', () => {
		const trial = {
			version: '2026.1',
			other: '2026.2',
			facts: { description: 'Ærø – 1/2', 'a.b': [1, 'x'] },
		};
		expect(toHash(trial)).toMatch(/^[\w-]+$/);
		expect(fromHash(toHash(trial))).toEqual(trial);
	});

	it.each(['', 'stage-x', '%%%', btoa('[]'), btoa('{"facts":[]}'), btoa('nothing')])(
		'that cannot be read (%j) is an empty one',
		(hash) => expect(fromHash(hash)).toEqual({ facts: {} }),
	);
});

describe('pasted JSON', () => {
	it('is one object of facts, alone or with filings around', () => {
		expect(readJson('{"a": 1}')).toEqual({ facts: { a: 1 } });
		expect(readJson('{"facts": {"a": 1}, "filings": []}')).toEqual({ facts: { a: 1 } });
	});

	it('that is broken is told with its place', () => {
		expect(readJson('{\n  "a": 1,\n  "b": tru\n}')).toMatchObject({ mistake: { code: 'broken', line: 3 } });
		const place = (text: string) => readJson(text);
		expect(place('{"a": 1')).toEqual({ mistake: { code: 'broken', line: 1, column: 8 } });
		expect(place('{"a": 1,}')).toEqual({ mistake: { code: 'broken', line: 1, column: 9 } });
		expect(place('{"a": "x}')).toEqual({ mistake: { code: 'broken', line: 1, column: 7 } });
		expect(place('{"a": [1, 2], "b" 3}')).toEqual({ mistake: { code: 'broken', line: 1, column: 19 } });
		expect(place('{"a": 1} x')).toEqual({ mistake: { code: 'broken', line: 1, column: 10 } });
		expect(place('')).toEqual({ mistake: { code: 'broken', line: 1, column: 1 } });
		expect(place('['.repeat(200_000))).toMatchObject({ mistake: { code: 'broken', line: 1 } });
	});

	it.each(['[1]', '"x"', 'null', '7'])('%s is no object', (text) =>
		expect(readJson(text)).toEqual({ mistake: { code: 'notObject' } }),
	);
});

describe('the fields for a value', () => {
	const now = new Date('2026-11-24T12:00:00Z');
	it('hold what fits', () => {
		expect(fieldsFor(fact('x', 'BOOL'), false, now)).toEqual({ choice: 'no' });
		expect(fieldsFor(fact('x', 'INTEGER'), 'unknown', now)).toEqual({ unknown: true });
		expect(fieldsFor(fact('x', 'DECIMAL'), 1.5, now)).toEqual({ text: '1,5' });
		expect(fieldsFor(fact('x', 'INSTANT'), '2026-11-24T10:00:00Z', now)).toEqual({
			moment: { day: '24', month: '11', year: '2026', time: '11.00' },
		});
	});

	it.each([
		['INTEGER', 'mange'],
		['INTEGER', 1.5],
		['BOOL', 'ja'],
		['INSTANT', 'i går'],
		['INSTANT', 7],
		['SET', 'x'],
	] as const)('of %s do not hold %j', (type, value) =>
		expect(fieldsFor(fact('x', type), value, now)).toBeNull(),
	);
});

describe('names', () => {
	const names = namesOf(content as unknown as Parameters<typeof namesOf>[0], 'da');

	it('of everything are found by their words, in any order, or by id', () => {
		const found = (typed: string) => find(names, typed).map(({ kind, name }) => `${kind} ${name}`);
		expect(found('cyber')).toEqual(['units Cybercentret']);
		expect(found('databeskyttelse anmeld')).toEqual(['clocks Anmeldelse, Databeskyttelse']);
		expect(found('gas')).toEqual(['sectors Energi: Gas']);
		expect(found('ddos')).toEqual(['guidance Overbelastningsangreb']);
		expect(found('zzz')).toEqual([]);
		expect(found('  ')).toEqual([]);
	});

	it('that begin with what was typed come first', () => {
		expect(find(names, 'd')[0]?.name).toBe('Databeskyttelse');
	});
});

describe('what differs between two assessments', () => {
	const now = new Date('2026-11-24T12:00:00Z');
	const inWords = {
		m: da,
		t: law.da,
		language: 'da' as const,
		now,
		labelOf: (id: string) => `Spørgsmål ${id}`,
	};
	const regime = (triggered: 'YES' | 'NO') => ({
		id: 'gdpr_33',
		name: words('GDPR'),
		applies: 'YES' as const,
		triggered,
		because: [{ text: words(`fordi ${triggered}`), cite: '§ 33', facts: [] }],
		needToKnow: [],
	});
	const before = { ...blankAssessment, regimes: [regime('NO')], routes: [route('csirt')] };

	it('is nothing when they are the same', () => expect(differences(before, before, inWords)).toEqual([]));

	it('is what came, went and changed, in words, with the reasons of now', () => {
		const after = {
			...blankAssessment,
			regimes: [regime('YES')],
			obligations: [duty({ regime: 'gdpr_33', regimeName: words('GDPR'), stageName: words('Anmeldelse') })],
			severity: { level: 4, name: words('Meget alvorlig'), because: [] },
			questions: [{ fact: fact('personal_data.risk', 'ENUM'), for: [], need: 'REQUIRED' as const }],
		};
		const found = differences(before, after, inWords);
		expect(found.map(({ group }) => group)).toEqual(['severity', 'laws', 'duties', 'units', 'questions']);
		const rows = found.flatMap((each) => each.rows);
		expect(rows.map(({ what, before: was, after: is }) => [what, was, is])).toEqual([
			['Alvor', 'Middel (2)', 'Meget alvorlig (4)'],
			['GDPR', 'Gælder jer, men skal ikke indberettes', 'Skal indberettes'],
			['Anmeldelse, GDPR', null, 'Senest tirsdag 24. november kl.\u00a022.15. Til CSIRT’en'],
			['csirt', 'Leder sagen', null],
			['Spørgsmål personal_data.risk', null, 'Skal besvares'],
		]);
		expect(rows[1]?.because?.[0]?.text.da).toBe('fordi YES');
		expect(rows[3]?.because?.[0]?.text.da).toBe('Sektoren er ramt.');
	});

	it('tells two duties of the same stage apart', () => {
		const twice = { ...blankAssessment, obligations: [duty(), duty({ recipientIds: ['sds'] })] };
		const [found] = differences(blankAssessment, twice, inWords);
		expect(found?.rows).toHaveLength(2);
	});
});
