import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Facts } from '@/features/report/answers';
import { PATIENCE_MS, REST_MS } from '@/features/report/useAssessment';
import { open } from '@/testing/render';
import { assess, reporter, reportServer } from '@/testing/report';

const title = (name: string) => screen.findByRole('heading', { level: 1, name });
const panel = () => screen.getByRole('region', { name: 'Det gælder for jer lige nu' });
const next = () => fireEvent.click(screen.getByRole('button', { name: 'Gem og fortsæt' }));
const type = (label: string, value: string) =>
	fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('the questionnaire', () => {
	it('asks before anybody has signed in, and goes from step to step', async () => {
		reportServer();
		open('/report');
		await title('Hvad er der sket?');
		fireEvent.click(screen.getByLabelText('Valg ransomware'));
		type('Fortæl kort', 'Filer er krypteret');
		next();
		await title('Hvornår?');
		fireEvent.click(screen.getByRole('link', { name: 'Tilbage' }));
		await title('Hvad er der sket?');
		expect(screen.getByLabelText<HTMLTextAreaElement>('Fortæl kort').value).toBe('Filer er krypteret');
	});

	it('adapts: an answer brings another question, a law, a duty and a recipient', async () => {
		reportServer();
		open('/report?step=personal_data');
		await title('Personoplysninger');
		expect(screen.queryByText('Hvor stor er risikoen?')).toBeNull();
		fireEvent.click(screen.getByLabelText('Ja'));
		expect(await screen.findByText('Hvor stor er risikoen?', { selector: 'legend' })).toBeTruthy();
		const found = within(panel());
		expect(found.getByText('Skal indberettes')).toBeTruthy();
		expect(found.getByText('Senest tirsdag 24. november kl. 22.15')).toBeTruthy();
		expect(found.getByText('Datatilsynet')).toBeTruthy();
		fireEvent.click(screen.getByLabelText('Nej'));
		await waitFor(() => expect(screen.queryByText('Hvor stor er risikoen?')).toBeNull());
		expect(found.getByText('Gælder jer, men skal ikke indberettes')).toBeTruthy();
	});

	it('lets every question be answered "not known yet"', async () => {
		const server = reportServer();
		open('/report');
		await title('Hvad er der sket?');
		for (const choice of screen.getAllByLabelText('Ved det ikke endnu')) fireEvent.click(choice);
		await waitFor(() =>
			expect(server.asked('query Assess').at(-1)?.variables.facts).toEqual({
				'incident.kind': 'unknown',
				description: 'unknown',
			}),
		);
	});

	it('says at the field and on top what it cannot read, and keeps it as it was typed', async () => {
		reportServer();
		open('/report?step=when');
		await title('Hvornår?');
		type('Dag', '31');
		type('Måned', '2');
		type('Klokkeslæt', '14');
		next();
		const summary = await screen.findByRole('alert');
		await waitFor(() => expect(document.activeElement).toBe(summary));
		const link = within(summary).getByRole('link', { name: /Hvornår opdagede I det\?.*dato, der findes/ });
		fireEvent.click(link);
		await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Dag')));
		expect(screen.getByLabelText<HTMLInputElement>('Dag').value).toBe('31');
		expect(screen.getByLabelText('Dag').getAttribute('aria-invalid')).toBe('true');
		expect(document.title).toContain('Fejl: ');
		type('Dag', '28');
		next();
		await title('Personoplysninger');
	});

	it('leads from the last step that is needed straight to the check, and says that nothing more is needed', async () => {
		reportServer();
		open('/report?step=personal_data');
		await title('Personoplysninger');
		for (const part of ['what', 'when'])
			expect(screen.getByRole('navigation', { name: 'Trin i indberetningen' }).innerHTML).toContain(
				`step=${part}`,
			);
		expect(screen.getByText('Trin 3 af 3')).toBeTruthy();
		fireEvent.click(screen.getByLabelText('Nej'));
		expect(await within(panel()).findByText('3 svar mangler')).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'Gem og tjek svar' }));
		await title('Tjek jeres svar, før I sender');
		fireEvent.click(screen.getByRole('button', { name: /på dem alle/ }));
		fireEvent.click(screen.getByRole('link', { name: 'Tilbage' }));
		await title('Personoplysninger');
		expect(await within(panel()).findByText(/mangler ikke mere, før I kan sende/)).toBeTruthy();
		expect(within(panel()).getByRole('link', { name: 'Tjek og send' })).toBeTruthy();
	});

	it('goes to the check from a step that can wait', async () => {
		reportServer();
		open('/report?step=impact');
		await title('Konsekvenser');
		expect(screen.getByText('Kan vente', { selector: 'summary' })).toBeTruthy();
		expect(screen.getByRole('button', { name: 'Gem og tjek svar' })).toBeTruthy();
	});

	it('says when the check takes long, and goes on without it when the server hangs', async () => {
		vi.useFakeTimers({ shouldAdvanceTime: true });
		const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
		let hangs = false;
		reportServer({
			assess: ({ facts }: { facts: Facts }) => (hangs ? new Promise(() => {}) : assess(facts)),
		});
		open('/report');
		await title('Hvad er der sket?');
		hangs = true;
		type('Fortæl kort', 'Filer er krypteret');
		next();
		await pass(REST_MS);
		expect(screen.queryByText('Tjekker stadig svarene …')).toBeNull();
		await pass(2000);
		expect(screen.getByText('Tjekker stadig svarene …').getAttribute('role')).toBe('status');
		await pass(PATIENCE_MS);
		await title('Hvornår?');
		expect(screen.getByText(/Vi kunne ikke tjekke svarene endnu. I kan gå videre/)).toBeTruthy();
		next();
		await title('Personoplysninger');
	});

	it('shows what the server cannot take, in the server’s words', async () => {
		reportServer();
		open('/report');
		await title('Hvad er der sket?');
		type('Fortæl kort', 'i fremtiden, 010190');
		await screen.findByText('Ligner et CPR-nummer.');
		next();
		expect(screen.getByRole('alert').textContent).toContain('Det ligger i fremtiden.');
	});

	it('reads times back in words, in Danish time', async () => {
		reportServer();
		open('/report?step=when');
		await title('Hvornår?');
		fireEvent.change(screen.getByLabelText('Dag'), { target: { value: '24.11.2025' } });
		type('Klokkeslæt', '1430');
		expect(screen.getByText('Læst som: mandag 24. november 2025 kl. 14.30 dansk tid')).toBeTruthy();
	});

	it('shows what is registered and asks it only when it is to be edited', async () => {
		const server = reportServer({ me: reporter });
		open('/report?step=organisation');
		await title('Organisationen');
		expect(await screen.findByText('420')).toBeTruthy();
		await waitFor(() =>
			expect(server.asked('query Assess').at(-1)?.variables.facts).toEqual({ 'org.employees': 420 }),
		);
		fireEvent.click(screen.getByRole('button', { name: 'Redigér Antal ansatte' }));
		expect(screen.getByLabelText<HTMLInputElement>('Antal ansatte').value).toBe('420');
	});
});

describe('the draft', () => {
	it('survives reload and language switch, half-typed dates included', async () => {
		reportServer();
		const first = open('/report?step=when');
		await title('Hvornår?');
		type('Dag', '2');
		type('Klokkeslæt', 'ca.');
		expect(screen.getByText(/Kladden er gemt/)).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'English' }));
		expect(await screen.findByLabelText<HTMLInputElement>('Day')).toHaveProperty('value', '2');
		first.unmount();
		open('/report?step=when');
		await title('Hvornår?');
		expect(screen.getByLabelText<HTMLInputElement>('Dag').value).toBe('2');
		expect(screen.getByLabelText<HTMLInputElement>('Klokkeslæt').value).toBe('ca.');
		expect(screen.getByText('Jeres kladde er hentet frem igen.')).toBeTruthy();
	});

	it('says how to write a time where it was not known', async () => {
		reportServer();
		open('/report?step=when');
		await title('Hvornår?');
		fireEvent.click(screen.getByLabelText('Ved det ikke endnu'));
		expect(screen.getByText(/^Fjern hakket ved »Ved det ikke endnu«/)).toBeTruthy();
		fireEvent.click(screen.getByLabelText('Ved det ikke endnu'));
		expect(screen.queryByText(/^Fjern hakket/)).toBeNull();
	});

	it('counts a text that is too long, and says the limit', async () => {
		reportServer();
		open('/report');
		await title('Hvad er der sket?');
		type('Fortæl kort', 'x'.repeat(4010));
		expect(screen.getByText('10 tegn for meget')).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'Gem og fortsæt' }));
		expect(await screen.findByText('Ret dette, før I går videre')).toBeTruthy();
		expect(screen.getAllByText(/højst have 4\.000 tegn; den har 4\.010/).length).toBeGreaterThan(1);
	});

	it('survives the loss of the server', async () => {
		const server = reportServer();
		open('/report');
		await title('Hvad er der sket?');
		server.cut(true);
		type('Fortæl kort', 'Filer er krypteret');
		await waitFor(() => expect(sessionStorage.getItem('varsel.draft')).toContain('Filer er krypteret'));
		expect(screen.getByLabelText<HTMLTextAreaElement>('Fortæl kort').value).toBe('Filer er krypteret');
	});

	it('is deleted only after a second question', async () => {
		HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
			this.open = true;
		};
		HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
			this.open = false;
		};
		reportServer();
		open('/report');
		await title('Hvad er der sket?');
		type('Fortæl kort', 'x');
		fireEvent.click(screen.getByRole('button', { name: 'Slet kladden' }));
		expect(sessionStorage.getItem('varsel.draft')).not.toBeNull();
		await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Ja, slet kladden' })));
		expect(sessionStorage.getItem('varsel.draft')).toBeNull();
		expect(screen.getByLabelText<HTMLTextAreaElement>('Fortæl kort').value).toBe('');
	});
});
