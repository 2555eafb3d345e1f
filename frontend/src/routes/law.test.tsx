import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromHash, toHash } from '@/features/law/trial';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './law';
import './TryPage';
import { open } from '@/testing/render';

let server: ReturnType<typeof lawServer>;
beforeEach(() => {
	server = lawServer();
});

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });

describe('reading the rules', () => {
	it('begins with the version in force, and lists every version with its worth', async () => {
		open('/law');
		await heading('Reglerne');
		expect((await screen.findByRole('link', { name: /Læs version 2026\.1/ })).getAttribute('href')).toBe(
			'/law/2026.1',
		);
		const rows = screen.getAllByRole('row').map((row) => row.textContent);
		expect(rows[1]).toMatch(/2027\.draft.*UdkastIngen dato/);
		expect(rows[2]).toMatch(/2026\.2.*Godkendt.*1\. december/);
		expect(rows[3]).toMatch(/2026\.1.*Gælder nu/);
	});

	it.each([
		'',
		'/regimes',
		'/clocks',
		'/sectors',
		'/routes',
		'/units',
		'/guidance',
		'/regimes/gdpr_33',
		'/guidance/ddos',
	])('says on every page of a draft that it is not the law: %j', async (page) => {
		open(`/law/2027.draft${page}`);
		expect(await screen.findByText('Udkast: dette er ikke gældende ret')).toBeTruthy();
	});

	it('does not say so of the version in force', async () => {
		open('/law/2026.1');
		await heading('Reglerne, version 2026.1');
		expect(screen.queryByText(/ikke gældende ret/)).toBeNull();
	});

	it('does not tell whether a version exists that one may not know of', async () => {
		open('/law/2099.9/clocks');
		expect(await screen.findByText(/findes ikke, eller du har ikke adgang/)).toBeTruthy();
	});

	it('finds anything by its name and leads to its place', async () => {
		const { router } = open('/law/2026.1');
		fireEvent.change(await screen.findByRole('searchbox'), { target: { value: 'cyber' } });
		expect(screen.getByText('1 resultat')).toBeTruthy();
		fireEvent.click(screen.getByRole('link', { name: 'Cybercentret' }));
		await heading('Enheder i version 2026.1');
		expect(router.state.location.hash).toBe('unit-csirt');
		await waitFor(() => expect(document.activeElement?.id).toBe('unit-csirt'));
		expect(screen.getByRole('link', { name: '+45\u00a03332\u00a05580' })).toBeTruthy();
		expect(screen.getByText('Læst i lovteksten', { selector: 'td *' })).toBeTruthy();
	});

	it('shows a regime in words, with its time limits, law and certainty', async () => {
		open('/law/2026.1/regimes/gdpr_33');
		await heading('Databeskyttelse');
		expect(screen.getByText('72 timer efter opdagelsen')).toBeTruthy();
		expect(screen.getByRole('link', { name: 'GDPR art. 33' }).getAttribute('href')).toMatch(
			/^https:\/\/eur-lex/,
		);
		expect(screen.getByText('personoplysninger').tagName).toBe('STRONG');
		expect(screen.getAllByText('Vores læsning').length).toBeGreaterThan(0);
		expect(screen.getByText(/bør efterprøve den/)).toBeTruthy();
		expect(document.querySelector('main script')).toBeNull();
	});

	it('shows who is responsible in a sector, and names what it does not know by its id', async () => {
		open('/law/2026.1/sectors');
		const gas = within((await screen.findByRole('rowheader', { name: 'Gas' })).closest('tr') as HTMLElement);
		expect(gas.getByRole('link', { name: 'Cybercentret' }).getAttribute('href')).toBe(
			'/law/2026.1/units#unit-csirt',
		);
		expect(gas.getByRole('link', { name: 'Databeskyttelse' })).toBeTruthy();
		expect(gas.getByRole('link', { name: 'unknown_regime' })).toBeTruthy();
		expect(gas.getByText('Ikke set i en kilde')).toBeTruthy();
		const act = gas.getByRole('link', { name: 'BEK 620/2025' });
		expect(act.getAttribute('href')).toBe('https://example.dk/bek620');
		expect(gas.getByText('sn.dk').closest('a')).toBeNull();
	});

	it.each([
		['clocks', 'Anmeldelse', 'Læst i en anden kilde'],
		['routes', 'Cybercenter', 'Læst hos myndigheden'],
		['units', 'Cybercentret', 'Læst i lovteksten'],
		['regimes/gdpr_33', 'Anmeldelse', 'Læst i en anden kilde'],
	])('in %s, %s says itself how certainly it was read', async (part, name, level) => {
		open(`/law/2026.1/${part}`);
		const row = within((await screen.findByRole('rowheader', { name })).closest('tr') as HTMLElement);
		expect(row.getByText(level)).toBeTruthy();
	});

	it('shows the steps of guidance with who, when and the source', async () => {
		open('/law/2026.1/guidance/ddos');
		await heading('Overbelastningsangreb');
		const step = within(screen.getByText('Sluk ikke for logningen.').closest('li') as HTMLElement);
		expect(step.getByText(/IT-drift · nu/)).toBeTruthy();
		expect(step.getByText('Pas på:')).toBeTruthy();
		expect(step.getByRole('link', { name: 'Rådgivning' }).getAttribute('href')).toBe(
			'https://example.dk/raad',
		);
		expect(screen.getByText('Er det stadig i gang?')).toBeTruthy();
	});

	it.each(['/law/2026.1/nothing', '/law/2026.1/regimes/nothing', '/law/2026.1/clocks/x'])(
		'says that %s is not there',
		async (address) => {
			open(address);
			expect(await screen.findByText('Det findes ikke i denne version af reglerne.')).toBeTruthy();
		},
	);
});

const add = async (typed: string, label: string) => {
	fireEvent.change(await screen.findByRole('searchbox', { name: 'Tilføj en oplysning' }), {
		target: { value: typed },
	});
	fireEvent.click(screen.getByRole('button', { name: `Tilføj: ${label}` }));
	return screen.findByRole('button', { name: `Fjern ${label}` });
};

const stated = (hash: string) => fromHash(hash).facts;

describe('trying the rules', () => {
	it('begins with nothing, and shows what a fact changes and why', async () => {
		const { router } = open('/law/try');
		await heading('Prøv reglerne');
		expect(await screen.findByText(/Ingen oplysninger endnu/)).toBeTruthy();
		await add('person', 'Er personoplysninger ramt?');
		await waitFor(() => expect(document.activeElement?.id).toBe('svar-personal_data-involved'));
		fireEvent.click(screen.getByRole('radio', { name: 'Ja' }));
		const changed = within(screen.getByRole('region', { name: 'Det ændrede sig' }));
		expect(await changed.findByText('Er personoplysninger ramt? ikke angivet → Ja')).toBeTruthy();
		const row = within(
			changed.getByRole('rowheader', { name: /Databeskyttelse/ }).closest('tr') as HTMLElement,
		);
		expect(row.getByText('Kan ikke afgøres endnu')).toBeTruthy();
		expect(row.getByText('Skal indberettes')).toBeTruthy();
		expect(row.getByText('Ændret')).toBeTruthy();
		expect(row.getByText(/Personoplysninger er ramt\./)).toBeTruthy();
		await waitFor(() =>
			expect(stated(router.state.location.hash)).toEqual({ 'personal_data.involved': true }),
		);
		expect(server.asked('assess').at(-1)?.variables.packVersion).toBe('2026.1');
	});

	it('takes its facts from the address, and a fact can be removed again', async () => {
		const facts = { 'personal_data.involved': true, 'impact.users_affected': 500 };
		const { router } = open(`/law/try#${toHash({ facts })}`);
		const users = await screen.findByRole('textbox', { name: 'Hvor mange brugere?' });
		expect((users as HTMLInputElement).value).toBe('500');
		fireEvent.click(screen.getByRole('button', { name: 'Fjern Hvor mange brugere?' }));
		await waitFor(() =>
			expect(stated(router.state.location.hash)).toEqual({ 'personal_data.involved': true }),
		);
		await waitFor(() => expect(document.activeElement?.id).toBe('add-fact'));
	});

	it('lays two versions beside each other for the same facts', async () => {
		open(`/law/try#${toHash({ facts: { 'impact.users_affected': 500 } })}`);
		const other = await screen.findByLabelText('Sammenlign med');
		fireEvent.change(other, { target: { value: '2026.2' } });
		const differ = within(await screen.findByRole('region', { name: 'Forskel på 2026.1 og 2026.2' }));
		expect(differ.getByText('1 forskel')).toBeTruthy();
		expect(differ.getByText('Middel (2)')).toBeTruthy();
		expect(differ.getByText('Meget alvorlig (4)')).toBeTruthy();
		fireEvent.change(other, { target: { value: '2027.draft' } });
		expect(await screen.findByText('De to versioner vurderer disse oplysninger ens.')).toBeTruthy();
		expect(screen.getByText('Udkast: dette er ikke gældende ret')).toBeTruthy();
	});

	it('keeps what was pasted and what was stated when the JSON is broken', async () => {
		open(`/law/try#${toHash({ facts: { 'impact.users_affected': 500 } })}`);
		const box = (await screen.findByRole('textbox', {
			name: 'Oplysningerne som JSON',
			hidden: true,
		})) as HTMLTextAreaElement;
		fireEvent.change(box, { target: { value: '{"impact.users_affected": 7,}' } });
		fireEvent.click(screen.getByRole('button', { name: 'Brug', hidden: true }));
		expect(screen.getByText(/ikke gyldig JSON.*linje 1/)).toBeTruthy();
		expect(box.value).toBe('{"impact.users_affected": 7,}');
		expect((screen.getByRole('textbox', { name: 'Hvor mange brugere?' }) as HTMLInputElement).value).toBe(
			'500',
		);
		fireEvent.change(box, { target: { value: '{"impact.users_affected": 7, "no.such_fact": 1}' } });
		fireEvent.click(screen.getByRole('button', { name: 'Brug', hidden: true }));
		expect((screen.getByRole('textbox', { name: 'Hvor mange brugere?' }) as HTMLInputElement).value).toBe(
			'7',
		);
		expect(screen.getByText('2 oplysninger er indsat.')).toBeTruthy();
		expect(screen.getByText(/Findes ikke i kataloget for version 2026\.1/)).toBeTruthy();
		expect(await screen.findByText(/Disse oplysninger kunne reglerne ikke bruge/)).toBeTruthy();
	});

	it('keeps what cannot be read in its field, and leaves it out of the assessment', async () => {
		const { router } = open(`/law/try#${toHash({ facts: { 'impact.users_affected': 500 } })}`);
		const users = await screen.findByRole('textbox', { name: 'Hvor mange brugere?' });
		fireEvent.change(users, { target: { value: 'mange' } });
		expect(screen.getByText(/Skriv et helt tal/)).toBeTruthy();
		expect((users as HTMLInputElement).value).toBe('mange');
		await waitFor(() => expect(stated(router.state.location.hash)).toEqual({}));
	});
});
