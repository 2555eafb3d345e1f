import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { duty, held, words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { reportServer } from '@/testing/report';
import type { Root } from '@/testing/server';
// Loaded here, so that no test waits for its page to come.
import '@/routes/CasePage';
import './AskForReport';

const now = new Date('2026-11-24T14:35:00+01:00');
const at = '2026-11-24T13:35:00Z';
const report = {
	regime: 'nis2_dk',
	regimeName: words('NIS 2-loven'),
	stage: 'intermediate_report',
	stageName: words('Foreløbig rapport'),
};
const second = { ...report, regime: 'cer_dk', regimeName: words('CER-loven') };
const incident = {
	id: 'incident_1',
	number: 'V-1',
	packVersion: '2026.1',
	reassessable: false,
	requestable: [report, second],
	organisation: { id: 'o1', name: 'Nordvind', cvr: null },
	receivedAt: at,
	severity: held(3, 'Høj'),
	facts: [],
	obligations: [],
	cases: [],
	guidance: [],
	timeline: [],
	receipt: null,
	receipts: [],
};
const unit = { id: 'csirt', kind: 'CSIRT', name: words('CSIRT’en') };
const caseWith = (more: object) => ({
	id: 'case_1',
	unit,
	part: 'LEAD',
	status: 'NEW',
	openedAt: at,
	updatedAt: at,
	incident: { ...incident, ...more },
});

const server = (root: Root = {}) => {
	const spy = reportServer({ case: caseWith({}), ...root });
	open('/case/case_1');
	return spy;
};

const fill = async (day: string, month: string, time: string) => {
	fireEvent.click(await screen.findByRole('button', { name: 'Bed om en indberetning' }));
	fireEvent.change(screen.getByLabelText('Dag'), { target: { value: day } });
	fireEvent.change(screen.getByLabelText('Måned'), { target: { value: month } });
	fireEvent.change(screen.getByLabelText(/^Klokkeslæt|^Tid/), { target: { value: time } });
};
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Bed om indberetningen' }));

beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
});

describe('asking for a report that is owed only on request', () => {
	it('sends which one and by when, says so, and shows the duty', async () => {
		let done = false;
		const spy = server({
			case: () =>
				done ? caseWith({ obligations: [duty({ stageName: words('Foreløbig rapport') })] }) : caseWith({}),
			requestReport: () => {
				done = true;
				return { __typename: 'ReportRequested', incident: { id: 'incident_1' } };
			},
		});
		await fill('27', '11', '12');
		fireEvent.change(screen.getByLabelText('Indberetning'), { target: { value: '1' } });
		send();
		const said = await screen.findByText(
			/I har bedt om Foreløbig rapport, senest fredag 27\. november kl\. 12\.00/,
		);
		await waitFor(() => expect(document.activeElement?.contains(said)).toBe(true));
		expect(spy.asked('mutation RequestReport')[0]?.variables.input).toEqual({
			incident: 'incident_1',
			regime: 'cer_dk',
			stage: 'intermediate_report',
			due: '2026-11-27T12:00:00+01:00',
		});
		const duties = within(screen.getByRole('region', { name: 'Pligter og frister' }));
		expect(await duties.findByText('Foreløbig rapport')).toBeTruthy();
		expect(screen.queryByRole('form', { name: 'Bed om en indberetning' })).toBeNull();
	});

	it.each([
		['31', '2', '12', 'en dato, der findes'],
		['24', '11', '14', 'i fremtiden'],
	])(
		'says what is wrong with %s/%s at %s, sends nothing and keeps what was typed',
		async (day, month, time, said) => {
			const spy = server();
			await fill(day, month, time);
			fireEvent.change(screen.getByLabelText('År'), { target: { value: '2026' } });
			send();
			expect((await screen.findByRole('alert')).textContent).toContain(said);
			expect(spy.asked('mutation RequestReport')).toHaveLength(0);
			expect((screen.getByLabelText('Dag') as HTMLInputElement).value).toBe(day);
		},
	);

	it('shows why the server refused, in the language of the page', async () => {
		server({
			requestReport: {
				__typename: 'ReportRequestRefused',
				field: 'stage',
				message: { da: 'Jeres enhed kan ikke bede om den.', en: 'x' },
			},
		});
		await fill('27', '11', '12');
		send();
		expect(await screen.findByText('Jeres enhed kan ikke bede om den.')).toBeTruthy();
	});

	it('says that it is not known whether it was asked for when no answer comes', async () => {
		const spy = server();
		await fill('27', '11', '12');
		spy.cut(true);
		send();
		expect(await screen.findByText(/det vides ikke, om der blev bedt om/)).toBeTruthy();
	});

	it('is not offered to whoever may not', async () => {
		server({ case: caseWith({ requestable: [] }) });
		expect(await screen.findByText('Det bliver logget, at du har åbnet sagen.')).toBeTruthy();
		await waitFor(() => expect(screen.queryByRole('button', { name: 'Bed om en indberetning' })).toBeNull());
	});
});
