import { GraphQLError } from 'graphql';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { saveDraft } from '@/features/report/draft';
import { duty, receiptOf, route, words } from '@/testing/fixtures';
import { open } from '@/testing/render';
import { assess, reporter, reportServer } from '@/testing/report';

const answers = {
	'incident.kind': { choice: 'ransomware' },
	description: { text: 'Filer er krypteret' },
	'incident.aware_at': { moment: { day: '24', month: '11', year: '2025', time: '14.30' } },
	'personal_data.involved': { choice: 'no' },
};
const receipt = receiptOf({
	recipients: [route('csirt')],
});
const incident = {
	id: 'incident_1',
	number: 'V-2026-00042',
	organisation: { id: 'organisation_1', name: 'Nordvind Elnet A/S', cvr: '99990104' },
	obligations: [],
	guidance: [],
	receipt,
	receipts: [receipt],
};
const submitted = { __typename: 'ReportSubmitted', incident, receipt, repeated: false };

const send = async () => fireEvent.click(await screen.findByRole('button', { name: 'Send indberetningen' }));
const server = (submitReport: unknown) => reportServer({ me: reporter, submitReport, incident });

beforeEach(() => {
	saveDraft(sessionStorage, { answers, sending: null });
});

describe('checking the answers', () => {
	it('shows every answer in words, with what was left out, and leads back', async () => {
		server(submitted);
		const { router } = open('/report/check');
		expect(await screen.findByText('Valg ransomware')).toBeTruthy();
		expect(screen.getByText('mandag 24. november 2025 kl. 14.30')).toBeTruthy();
		expect(screen.getByText('Intet er sendt endnu.')).toBeTruthy();
		fireEvent.click(screen.getByRole('link', { name: 'Redigér Fortæl kort' }));
		await screen.findByLabelText('Fortæl kort');
		expect(router.state.location.search).toMatchObject({ fact: 'description', back: 'check' });
		expect(screen.getByRole('button', { name: 'Gem og tjek svar' })).toBeTruthy();
	});

	it('puts what still blocks the sending before the answers, and folds what is registered', async () => {
		server(submitted);
		saveDraft(sessionStorage, { answers: { 'incident.kind': { choice: 'ddos' } }, sending: null });
		open('/report/check');
		const blocks = await screen.findByText('Før I kan sende');
		const after = blocks.compareDocumentPosition(screen.getByText('Valg ddos'));
		expect(after & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
		const registered = screen.getByText('1 oplysning fra jeres registrering').closest('details');
		expect(registered?.open).toBe(false);
		expect(registered?.textContent).toContain('420');
		fireEvent.click(within(registered as HTMLElement).getByText('Redigér', { selector: 'button' }));
		const field = await screen.findByLabelText<HTMLInputElement>('Antal ansatte');
		await waitFor(() => expect(document.activeElement).toBe(field));
		expect(field.value).toBe('420');
		expect(screen.getByRole('button', { name: 'Gem og tjek svar' })).toBeTruthy();
	});

	it('asks those who are not signed in to sign in, and keeps the draft', async () => {
		reportServer();
		open('/report/check');
		fireEvent.click(await screen.findByRole('link', { name: 'Log ind for at sende' }));
		expect(sessionStorage.getItem('varsel.back')).toBe('/report/check');
		expect(sessionStorage.getItem('varsel.draft')).toContain('Filer er krypteret');
	});

	it('does not let an officer report for a company', async () => {
		reportServer({ me: { ...reporter, role: 'OFFICER', organisation: null, name: 'Ole Krag' } });
		open('/report/check');
		expect(await screen.findByText(/Ole Krag kan ikke indberette/)).toBeTruthy();
		expect(screen.queryByRole('button', { name: 'Send indberetningen' })).toBeNull();
	});
});

describe('sending', () => {
	it('ends at the receipt, and only then forgets the draft', async () => {
		const double = server(submitted);
		const { router } = open('/report/check');
		await send();
		expect(await screen.findByRole('heading', { level: 1, name: 'Indberetningen er modtaget' })).toBeTruthy();
		expect(screen.getByText('V-2026-00042')).toBeTruthy();
		expect(router.state.location.pathname).toBe('/incident/incident_1/receipt');
		expect(sessionStorage.getItem('varsel.draft')).toBeNull();
		expect(double.asked('mutation SubmitReport')[0]?.variables.input).toMatchObject({
			facts: { 'incident.kind': 'ransomware', 'org.employees': 420 },
			warningsSeen: false,
		});
	});

	it('ends at a receipt with every open duty that has a time, soonest first, each with its year', async () => {
		const due = (stage: string, target: string | null) =>
			duty({ stage, stageName: words(stage), target, status: 'OPEN' });
		const later = due('Senere', '2026-12-24T22:15:00+01:00');
		const soon = due('Snart', '2026-11-24T22:15:00+01:00');
		reportServer({
			me: reporter,
			incident: { ...incident, obligations: [later, due('Uden tid', null), soon] },
		});
		open('/incident/incident_1/receipt');
		expect(await screen.findByText(/2026 kl\.\s14\.35/)).toBeTruthy();
		const next = within(screen.getByRole('region', { name: 'Det næste' }));
		const titles = next.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
		expect(titles).toEqual(['Snart', 'Senere']);
		expect(next.getAllByText(/(november|december) 2026/).length).toBeGreaterThan(1);
	});

	it('takes what was changed since an uncertain sending over to a further report, and loses nothing', async () => {
		server({ __typename: 'ReportKeyUsed', incident });
		saveDraft(sessionStorage, { answers, sending: 'sent-before-the-line-broke' });
		const { router } = open('/report/check');
		fireEvent.click(await screen.findByRole('button', { name: 'Prøv igen' }));
		expect(
			await screen.findByText(/er modtaget som V-2026-00042\. Det, I har ændret siden, er ikke sendt/),
		).toBeTruthy();
		expect(screen.queryByText('Intet er sendt endnu.')).toBeNull();
		expect(sessionStorage.getItem('varsel.draft')).toContain('sent-before-the-line-broke');
		fireEvent.click(screen.getByRole('button', { name: 'Indberet ændringerne om V-2026-00042' }));
		await waitFor(() => expect(router.state.location.search).toEqual({ incident: 'incident_1' }));
		expect(sessionStorage.getItem('varsel.draft')).toBeNull();
		expect(sessionStorage.getItem('varsel.draft.incident_1')).toContain('Filer er krypteret');
		expect(sessionStorage.getItem('varsel.draft.incident_1')).not.toContain('sent-before');
	});

	it('lists what is missing, and can answer "not known yet" to all of it', async () => {
		server({ __typename: 'ReportIncomplete', missing: assess({ 'incident.kind': 'x' }).missing });
		saveDraft(sessionStorage, { answers: { 'incident.kind': { choice: 'ddos' } }, sending: null });
		open('/report/check');
		await send();
		expect(await screen.findByText(/ikke modtaget: der mangler svar/)).toBeTruthy();
		expect(screen.getByRole('link', { name: 'Hvornår opdagede I det?' })).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: /på dem alle/ }));
		await waitFor(() => expect(screen.queryByText('Før I kan sende')).toBeNull());
		expect(sessionStorage.getItem('varsel.draft')).toContain('"unknown":true');
		await waitFor(() =>
			expect(document.activeElement?.textContent).toBe('Alle spørgsmål, der mangler, har nu et svar.'),
		);
	});

	it('lists an answer of spaces only as missing, and the message leads to the list', async () => {
		server({ __typename: 'ReportIncomplete', missing: assess({ 'incident.kind': 'x' }).missing });
		saveDraft(sessionStorage, { answers: { ...answers, description: { text: '   ' } }, sending: null });
		open('/report/check');
		const link = await screen.findByRole('link', { name: 'Fortæl kort' });
		await send();
		fireEvent.click(await screen.findByRole('link', { name: 'Se, hvilke svar der mangler' }));
		await waitFor(() => expect(document.activeElement?.contains(link)).toBe(true));
		fireEvent.click(screen.getByRole('button', { name: /på dem alle/ }));
		await waitFor(() => expect(screen.queryByText('Før I kan sende')).toBeNull());
	});

	it('does not answer "not known yet" where it is not enough, and says so', async () => {
		const incomplete = ({ facts }: { facts: Record<string, unknown> }) => {
			const said = assess(facts);
			const unknown = said.questions.filter(({ fact }) => facts[fact?.id ?? ''] === 'unknown');
			const aware = unknown.filter(({ fact }) => fact?.id === 'incident.aware_at');
			return { ...said, missing: [...said.missing, ...aware] };
		};
		reportServer({ me: reporter, assess: incomplete });
		saveDraft(sessionStorage, { answers: { 'incident.kind': { choice: 'ddos' } }, sending: null });
		open('/report/check');
		fireEvent.click(await screen.findByRole('button', { name: /på dem, hvor det er nok/ }));
		await waitFor(() => expect(screen.queryByRole('button', { name: /hvor det er nok/ })).toBeNull());
		expect(screen.getByText(/er »Ved det ikke endnu« ikke nok: der skal et svar/)).toBeTruthy();
		expect(screen.getByRole('link', { name: 'Hvornår opdagede I det?' })).toBeTruthy();
		const draft = JSON.parse(sessionStorage.getItem('varsel.draft') ?? '{}') as { answers: object };
		expect(Object.keys(draft.answers)).not.toContain('incident.aware_at');
		expect(Object.keys(draft.answers)).toContain('description');
	});

	it('says that nothing was sent when the session has ended, with the way to sign in', async () => {
		const signedOut = new GraphQLError('no', { extensions: { code: 'SIGN_IN_REQUIRED' } });
		reportServer({ me: reporter, submitReport: () => Promise.reject(signedOut) });
		open('/report/check');
		await send();
		const alert = await screen.findByText('Indberetningen er ikke sendt: I er logget ud');
		const box = within(alert.closest('.notice') as HTMLElement);
		fireEvent.click(box.getByRole('link', { name: 'Log ind' }));
		expect(sessionStorage.getItem('varsel.back')).toBe('/report/check');
		expect(sessionStorage.getItem('varsel.draft')).toContain('Filer er krypteret');
	});

	it('leads back to the last step that is needed', async () => {
		server(submitted);
		open('/report/check');
		await screen.findByText('Valg ransomware');
		const back = screen.getByRole('link', { name: 'Tilbage' });
		await waitFor(() => expect(back.getAttribute('href')).toContain('step=personal_data'));
	});

	it('shows what was refused, with the way to mend it', async () => {
		const message = { da: 'CVR-nummeret passer ikke.', en: 'no' };
		server({
			__typename: 'ReportRefused',
			problems: [{ fact: 'org.employees', code: 'BAD_CHECK_DIGIT', message, suggestion: '421' }],
		});
		open('/report/check');
		await send();
		const link = await screen.findByRole('link', {
			name: /Antal ansatte CVR-nummeret passer ikke\. Mente I »421«/,
		});
		expect(link.getAttribute('href')).toContain('fact=org.employees');
	});

	it('wants a yes to a warning before it sends', async () => {
		const double = server(submitted);
		saveDraft(sessionStorage, {
			answers: { ...answers, description: { text: '010190-1234' } },
			sending: null,
		});
		open('/report/check');
		await screen.findByText(/Ligner et CPR-nummer/);
		await send();
		expect(screen.getByText('Sæt hak ved, at I har set advarslerne igennem.')).toBeTruthy();
		expect(double.asked('mutation SubmitReport')).toHaveLength(0);
		fireEvent.click(screen.getByLabelText('Vi har set det igennem og vil sende alligevel'));
		await send();
		await screen.findByText('V-2026-00042');
		expect(double.asked('mutation SubmitReport')[0]?.variables.input).toMatchObject({ warningsSeen: true });
	});

	it('does not claim to know after a broken line, and sends the same key again, also after a reload', async () => {
		const double = server(submitted);
		const first = open('/report/check');
		await screen.findByRole('button', { name: 'Send indberetningen' });
		double.cut(true);
		await send();
		const message = await screen.findByText('Vi ved ikke, om indberetningen nåede frem');
		await waitFor(() => expect(document.activeElement?.contains(message)).toBe(true));
		expect(message.closest('form')?.querySelector('button[type=submit]')?.textContent).toBe('Prøv igen');
		expect(screen.queryByText('Intet er sendt endnu.')).toBeNull();
		expect(sessionStorage.getItem('varsel.draft')).toContain('Filer er krypteret');
		double.cut(false);
		first.unmount();
		open('/report/check');
		expect(await screen.findByText('Vi ved ikke, om indberetningen nåede frem')).toBeTruthy();
		fireEvent.click(screen.getByRole('button', { name: 'Prøv igen' }));
		await screen.findByText('V-2026-00042');
		const keys = double
			.asked('mutation SubmitReport')
			.map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey);
		expect(keys).toHaveLength(2);
		expect(keys[0]).toBe(keys[1]);
		expect(keys[0]?.length).toBeGreaterThanOrEqual(8);
	});

	it('takes a new key after an outcome that filed nothing', async () => {
		const double = server({ __typename: 'ReportNeedsConfirmation', warnings: [] });
		open('/report/check');
		await send();
		await screen.findByText(/ikke sendt endnu\. Se advarslerne/);
		await send();
		await waitFor(() => expect(double.asked('mutation SubmitReport')).toHaveLength(2));
		const [one, two] = double
			.asked('mutation SubmitReport')
			.map(({ variables }) => JSON.stringify(variables.input));
		expect(one).not.toBe(two);
	});
});
