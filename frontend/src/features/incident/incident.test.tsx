import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { duty, route, step, words } from '@/testing/fixtures';
import { show } from '@/testing/render';
import { byUrgency, DeadlineClock, urgency } from './DeadlineClock';
import { FiledElsewhere } from './FiledElsewhere';
import { GuidanceSteps, phasesOf } from './GuidanceSteps';
import { AllNotSent, isNotSent, NotSent } from './NotSent';
import { Timeline } from './Sections';

const now = new Date('2026-11-24T14:35:00+01:00');
const guidance = (steps: ReturnType<typeof step>[]) => [
	{ playbook: 'ransomware', version: 1, title: words('Ransomware'), steps },
];

describe('how pressing a duty is', () => {
	it.each([
		['OPEN', '2026-11-24T18:00:00+01:00', 'tight'],
		['OPEN', '2026-11-24T22:15:00+01:00', 'soon'],
		['OPEN', '2026-11-26T22:15:00+01:00', 'open'],
		// Past its plain reading, but not past the legal end: only the server knows that it is late.
		['OPEN', '2026-11-24T14:00:00+01:00', 'tight'],
		['LATE', '2026-11-23T14:00:00+01:00', 'late'],
		['MET', '2026-11-23T14:00:00+01:00', 'met'],
		['NOT_YET_OPEN', null, 'later'],
		['OPEN', null, 'later'],
	] as const)('%s until %s: %s', (status, target, expected) => {
		expect(urgency({ status, target, filedAt: null }, now)).toBe(expected);
	});

	it('orders: late, open by time, later, met', () => {
		const stages = byUrgency([
			duty({ stage: 'met', status: 'MET' }),
			duty({ stage: 'later', status: 'NOT_YET_OPEN', target: null }),
			duty({ stage: 'second', target: '2026-11-27T00:00:00Z' }),
			duty({ stage: 'first', target: '2026-11-25T00:00:00Z' }),
			duty({ stage: 'late', status: 'LATE' }),
		]).map(({ stage }) => stage);
		expect(stages).toEqual(['late', 'first', 'second', 'later', 'met']);
	});
});

describe('a deadline clock', () => {
	it('says when, how long that is, to whom, and on request why', () => {
		vi.useFakeTimers({ now, toFake: ['Date'] });
		show(<DeadlineClock duty={duty({ provisional: true })} />);
		expect(screen.getByText('Senest tirsdag 24. november kl. 22.15')).toBeTruthy();
		expect(screen.getByText('om 7 t 40 min')).toBeTruthy();
		expect(screen.getByText('Til CSIRT’en')).toBeTruthy();
		expect(screen.getByText('Foreløbig')).toBeTruthy();
		expect(screen.getByText(/Først for sent efter tirsdag 24. november kl. 23.00/)).toBeTruthy();
		expect(screen.getByText('NIS2 art. 23(4)(a)')).toBeTruthy();
	});

	it('that was filed late says so, and no longer how late it is', () => {
		show(
			<DeadlineClock
				duty={duty({
					status: 'LATE',
					target: '2026-11-23T14:00:00+01:00',
					filedAt: '2026-11-23T15:00:00+01:00',
				})}
			/>,
		);
		expect(screen.getByText('Indsendt efter fristen')).toBeTruthy();
		expect(screen.queryByText('Overskredet')).toBeNull();
		expect(document.querySelector('.deadline-relative')).toBeNull();
	});

	it('that was filed late comes after what is still to be filed', () => {
		const late = { status: 'LATE', target: '2026-11-23T14:00:00+01:00' } as const;
		const sorted = byUrgency([
			duty({ ...late, stage: 'filed', filedAt: '2026-11-23T15:00:00+01:00' }),
			duty({ stage: 'open' }),
			duty({ ...late, stage: 'late' }),
		]);
		expect(sorted.map(({ stage }) => stage)).toEqual(['late', 'open', 'filed']);
	});

	it('names people as recipients, and says that a period starts later', () => {
		show(
			<DeadlineClock
				duty={duty({
					recipients: [],
					recipientIds: ['data_subjects'],
					status: 'NOT_YET_OPEN',
					target: null,
					due: null,
				})}
			/>,
		);
		expect(screen.getByText('Til de berørte personer')).toBeTruthy();
		expect(screen.getByText('Fristen begynder senere')).toBeTruthy();
	});
});

describe('guidance', () => {
	it('shows five immediate steps first and the rest on request', () => {
		const steps = [...'1234567'].map((id) => step(id));
		show(<GuidanceSteps guidance={guidance([...steps, step('8', 'recovery'), step('9', 'first_24h')])} />);
		expect(screen.getAllByRole('listitem')).toHaveLength(5);
		fireEvent.click(screen.getByRole('button', { name: 'Vis 4 flere trin' }));
		expect(screen.getAllByRole('listitem')).toHaveLength(9);
		expect(screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)).toEqual([
			'immediate',
			'first_24h',
			'recovery',
		]);
		fireEvent.click(screen.getByRole('button', { name: 'Vis færre trin' }));
		expect(screen.getAllByRole('listitem')).toHaveLength(5);
	});

	it('marks in words what to take care with', () => {
		show(<GuidanceSteps guidance={guidance([step('1'), step('2', 'immediate', true)])} />);
		expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
			expect.stringMatching(/^Trin 1/),
			expect.stringMatching(/^Pas på:Trin 2/),
		]);
	});

	it('has the most pressing first, and of each playbook its first', () => {
		const kind = guidance([step('k1'), step('k2'), step('k3', 'immediate', false, { urgency: 1 })]);
		const common = guidance([step('c1'), step('c2', 'immediate', false, { urgency: 1 }), step('c3')]);
		const [first] = phasesOf([...kind, ...common]);
		expect(first?.steps.map(({ id }) => id)).toEqual(['k1', 'c1', 'k2', 'c3', 'c2', 'k3']);
	});

	it('links what can be called, written to or read, and keeps lines apart', () => {
		const da = [
			{ text: 'Ring til DCIS Transport: ', href: null },
			{ text: '+45 7221 8800', href: 'tel:+4572218800' },
			{ text: ', ', href: null },
			{ text: 'cyber@trafikstyrelsen.dk', href: 'mailto:cyber@trafikstyrelsen.dk' },
			{ text: '.\nSenest fredag den 27. november kl. 15.20: status.\n', href: null },
			{ text: 'politi.dk', href: 'https://politi.dk' },
		];
		show(<GuidanceSteps guidance={guidance([step('1', 'immediate', false, { spans: { da, en: da } })])} />);
		const links = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
		expect(links).toEqual([
			['+45\u00a07221\u00a08800', 'tel:+4572218800'],
			['cyber@trafikstyrelsen.dk', 'mailto:cyber@trafikstyrelsen.dk'],
			['politi.dk', 'https://politi.dk'],
		]);
		const lines = [...document.querySelectorAll('.span-lines > span')].map((line) => line.textContent);
		expect(lines).toEqual([
			'Ring til DCIS Transport: +45\u00a07221\u00a08800, cyber@trafikstyrelsen.dk.',
			'Senest fredag den 27. november kl. 15.20: status.',
			'politi.dk',
		]);
	});

	it('has a step once, although two playbooks bring it', () => {
		expect(phasesOf([...guidance([step('1')]), ...guidance([step('1'), step('2')])])[0]?.steps).toHaveLength(
			2,
		);
	});
});

it('a report that is filed elsewhere can be taken there from here, by those who reported', () => {
	const enisa = { id: 'enisa', name: words('ENISA'), url: 'https://example.eu/srp' };
	const elsewhere = duty({ regime: 'cra_incident', filedElsewhere: true, filedWith: enisa });
	show(<FiledElsewhere duty={elsewhere} incident="incident_1" />);
	expect(screen.getByRole('link', { name: 'Indsend hos ENISA' }).getAttribute('href')).toBe(enisa.url);
	const files = screen.getAllByRole('link', { name: /^Hent den/ }).map((link) => link.getAttribute('href'));
	const file = '/prepared/incident_1/cra_incident/early_warning';
	expect(files).toEqual([`${file}.da.txt`, `${file}.json`]);
});

it('an officer is not offered what only the reporter may take', () => {
	show(<DeadlineClock duty={duty({ filedElsewhere: true })} />);
	expect(screen.queryByRole('link')).toBeNull();
});

it('the timeline has the newest on top, with who did it', () => {
	const entry = (id: string, at: string) => ({
		id,
		at,
		kind: 'REPORT_RECEIVED',
		text: words(id),
		by: 'Mette Holm',
	});
	show(<Timeline entries={[entry('gammel', '2026-11-23T10:00:00Z'), entry('ny', '2026-11-24T10:00:00Z')]} />);
	const [first] = screen.getAllByRole('listitem');
	expect(first?.textContent).toMatch(/ · Mette Holmny$/);
});

describe('a duty that nobody is sent', () => {
	const authority = { recipients: [{ id: 'datatilsynet', name: words('Datatilsynet') }], provisional: true };

	it.each([
		['open, its recipient receives nothing', duty(authority), [route('csirt')], true],
		['late, its recipient receives nothing', duty({ ...authority, status: 'LATE' }), [], true],
		['its recipient receives', duty(authority), [route('datatilsynet')], false],
		['met', duty({ ...authority, status: 'MET' }), [], false],
		['begins later', duty({ ...authority, status: 'NOT_YET_OPEN' }), [], false],
		['towards people', duty({ recipients: [] }), [], false],
	])('%s', (_, each, routes, expected) => {
		expect(isNotSent(each, routes)).toBe(expected);
	});

	it('says so, and whether that can change', () => {
		show(<NotSent duty={duty(authority)} routes={[]} />);
		expect(screen.getByText('Ikke sendt til Datatilsynet endnu: det afhænger af jeres svar')).toBeTruthy();
		const routes = [route('datatilsynet')];
		show(<NotSent duty={duty({ ...authority, filedElsewhere: true })} routes={routes} />);
		expect(screen.getByText(/Ikke sendt til Datatilsynet herfra/)).toBeTruthy();
	});

	it('stands with its law below those who receive', () => {
		const met = duty({ ...authority, status: 'MET' });
		show(<AllNotSent duties={[duty(authority), met, duty()]} routes={[route('csirt')]} />, 'en');
		expect(screen.getAllByRole('listitem')).toHaveLength(1);
		expect(screen.getByRole('listitem').textContent).toContain('Not sent to Datatilsynet (en) yet');
	});
});
