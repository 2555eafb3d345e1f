import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDraft, saveDraft } from '@/features/report/draft';
import { duty, fact, held, receiptOf, route, words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { reporter, reportServer } from '@/testing/report';

const told = (id: string, value: unknown) => ({
	fact: fact(id, 'TEXT'),
	value,
	unknown: value === null,
	display: words(String(value)),
});
const receipt = receiptOf({
	recipients: [route('csirt')],
	next: duty({ regime: 'gdpr_33', stageName: words('Anmeldelse') }),
});
const incident = {
	id: 'incident_1',
	number: 'V-2026-00042',
	organisation: { id: 'o1', name: 'Nordvind Energi' },
	receivedAt: '2026-11-24T13:35:00Z',
	severity: held(2, 'Middel'),
	facts: [
		told('incident.kind', 'ransomware'),
		told('description', 'Filer er krypteret'),
		told('incident.aware_at', '2025-11-24T13:30:12Z'),
		told('personal_data.involved', null),
		told('org.employees', 420),
	],
	obligations: [receipt.next],
	cases: [],
	guidance: [],
	timeline: [],
	receipt,
	receipts: [receipt],
};
const submitReport = { __typename: 'ReportSubmitted', incident, receipt, repeated: false };
const server = () => reportServer({ me: reporter, submitReport, incident });

beforeEach(() => sessionStorage.clear());

describe('reporting further on an incident', () => {
	it('is offered on its page, and by each open duty', async () => {
		server();
		const { router } = open('/incident/incident_1');
		const links = await screen.findAllByRole('link', { name: /Supplér eller send næste indberetning/ });
		expect(links.map((link) => link.getAttribute('href'))).toEqual([
			'/report?incident=incident_1',
			'/report?incident=incident_1',
		]);
		fireEvent.click(links[0] as HTMLElement);
		expect(await screen.findByText('Supplerer hændelse V-2026-00042')).toBeTruthy();
		expect(router.state.location.search).toEqual({ incident: 'incident_1' });
	});

	it('starts with what was not known, keeps what was told, and sends only what is new', async () => {
		const double = server();
		saveDraft(sessionStorage, { answers: { description: { text: 'En anden hændelse' } }, sending: null });
		const { router } = open('/report?incident=incident_1');
		const group = await screen.findByRole('group', { name: /Er personoplysninger ramt/ });
		expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Personoplysninger');
		expect(group.querySelector<HTMLInputElement>('input:checked')?.labels?.[0]?.textContent).toBe(
			'Ved det ikke endnu',
		);
		fireEvent.click(screen.getByRole('radio', { name: 'Nej' }));
		await waitFor(() =>
			expect(loadDraft(sessionStorage, 'incident_1').answers).toEqual({
				'personal_data.involved': { choice: 'no' },
			}),
		);
		await router.navigate({ to: '/report/check' });
		expect(await screen.findByText('Filer er krypteret')).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'Send indberetningen' }));
		expect(await screen.findByRole('heading', { level: 1, name: 'Indberetningen er modtaget' })).toBeTruthy();
		expect(double.asked('mutation SubmitReport')[0]?.variables.input).toEqual({
			idempotencyKey: expect.any(String),
			incidentId: 'incident_1',
			facts: { 'personal_data.involved': false },
			warningsSeen: false,
		});
		expect(sessionStorage.getItem('varsel.draft.incident_1')).toBeNull();
		expect(loadDraft(sessionStorage).answers).toEqual({ description: { text: 'En anden hændelse' } });
	});

	it('says so where nothing is new', async () => {
		server();
		open('/report/check?incident=incident_1');
		expect(await screen.findByText(/I har ikke ændret eller tilføjet noget siden sidst/)).toBeTruthy();
		expect(screen.getByRole('button', { name: 'Send indberetningen' })).toBeTruthy();
	});

	it('lets what was told be corrected', async () => {
		server();
		open('/report?incident=incident_1&step=what&fact=description');
		const field = (await screen.findByLabelText('Fortæl kort')) as HTMLTextAreaElement;
		expect(field.value).toBe('Filer er krypteret');
		fireEvent.change(field, { target: { value: 'Kun én server' } });
		await waitFor(() => expect(sessionStorage.getItem('varsel.draft.incident_1')).toContain('Kun én server'));
	});

	it('is not possible on an incident that one may not know of', async () => {
		reportServer({ incident: null });
		open('/report?incident=incident_2');
		expect(await screen.findByText(/findes ikke, eller I har ikke adgang/)).toBeTruthy();
		expect(screen.getAllByRole('link', { name: 'Log ind' }).length).toBeGreaterThan(1);
	});
});
