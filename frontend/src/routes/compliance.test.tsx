import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lawServer } from '@/testing/law';
// Loaded here, so that no test waits for its page to come.
import './retention';
import { open } from '@/testing/render';

const auditor = {
	id: 'p2',
	name: 'Liv Holm',
	role: 'SECURITY_OFFICER',
	functions: ['AUDIT'],
	organisation: null,
	unit: null,
};

/** The server, which answers a request for the report with this; and what was asked for. */
function server(answer: () => Response) {
	lawServer({ me: auditor });
	const api = globalThis.fetch;
	const asked: string[] = [];
	vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
		if (!address.startsWith('/compliance-report')) return api(address, init);
		asked.push(address);
		return answer();
	});
	return asked;
}

const signed = (name: string) => () =>
	new Response('the report', {
		headers: {
			'content-disposition': `attachment; filename="${name}"`,
			'varsel-signature': btoa('the signature'),
		},
	});

const saved: string[] = [];
const blobs = new Map<string, Blob>();
beforeEach(() => {
	saved.length = 0;
	URL.createObjectURL = (blob) => {
		const address = `blob:${blobs.size}`;
		blobs.set(address, blob as Blob);
		return address;
	};
	URL.revokeObjectURL = () => {};
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
		saved.push(this.download);
	});
});
afterEach(() => vi.restoreAllMocks());

const HTML = 'Hent til læsning og print (HTML)';

describe('the report for the supervising authority', () => {
	it('is saved at once, as it came, with its signature ready beside it', async () => {
		const asked = server(signed('varsel-report-2026-11-25.html'));
		open('/compliance');
		fireEvent.click(await screen.findByRole('button', { name: HTML }));
		const link = await screen.findByRole('link', { name: /varsel-report-2026-11-25\.html\.sig/ });
		expect(asked).toEqual(['/compliance-report.html?language=da']);
		await waitFor(() => expect(saved).toEqual(['varsel-report-2026-11-25.html']));
		const text = (address: string | null) => blobs.get(address ?? '')?.text();
		expect(await text(link.getAttribute('href'))).toBe('the signature');
		expect(link.getAttribute('download')).toBe('varsel-report-2026-11-25.html.sig');
		const again = screen.getByRole('link', { name: 'Gem rapporten igen' });
		expect(await text(again.getAttribute('href'))).toBe('the report');
	});

	it('has its signature inside where it is text', async () => {
		server(signed('varsel-report-2026-11-25.txt'));
		open('/compliance');
		fireEvent.click(await screen.findByRole('button', { name: /^Hent som tekst/ }));
		expect(await screen.findByText(/Underskriften står sidst i filen/)).toBeTruthy();
		expect(screen.queryByRole('link', { name: /\.sig/ })).toBeNull();
	});

	it('is asked for with the days that were typed', async () => {
		const asked = server(signed('varsel-report-2026-11-25.json'));
		open('/compliance');
		fireEvent.change(await screen.findByRole('textbox', { name: 'Fra og med' }), {
			target: { value: '1.1.2026' },
		});
		fireEvent.change(screen.getByRole('textbox', { name: 'Til og med' }), {
			target: { value: '30.6.2026' },
		});
		fireEvent.click(screen.getByRole('button', { name: /JSON/ }));
		await waitFor(() => expect(asked).toHaveLength(1));
		const query = new URL(asked[0] ?? '', 'http://x').searchParams;
		expect([query.get('since'), query.get('until')]).toEqual([
			'2025-12-31T23:00:00.000Z',
			'2026-06-30T22:00:00.000Z',
		]);
	});

	it('names the field that will not do, asks for nothing, and keeps what was typed', async () => {
		const asked = server(signed('x.html'));
		open('/compliance');
		const since = (await screen.findByRole('textbox', { name: 'Fra og med' })) as HTMLInputElement;
		fireEvent.change(since, { target: { value: '31.2.2026' } });
		fireEvent.click(screen.getByRole('button', { name: HTML }));
		const summary = within(await screen.findByRole('alert'));
		expect(summary.getByRole('link').textContent).toContain('Fra og med: Skriv en dag, som findes');
		expect(asked).toHaveLength(0);
		expect(since.value).toBe('31.2.2026');
	});

	it("shows the server's words at their field", async () => {
		const text = { da: 'Perioden kan ikke slutte i fremtiden.', en: 'x' };
		server(() => Response.json({ code: 'INVALID', field: 'until', text }, { status: 400 }));
		open('/compliance');
		fireEvent.click(await screen.findByRole('button', { name: HTML }));
		expect(await screen.findByText('Til og med: Perioden kan ikke slutte i fremtiden.')).toBeTruthy();
		expect(screen.getByRole('textbox', { name: 'Til og med' }).getAttribute('aria-invalid')).toBe('true');
	});

	it.each([
		[401, /Du er logget ud/],
		[404, /ikke længere adgang/],
		[500, /kunne ikke hentes/],
	])('says what to do where the server answers %i', async (status, words) => {
		server(() => new Response('{}', { status }));
		open('/compliance');
		fireEvent.click(await screen.findByRole('button', { name: HTML }));
		expect(await screen.findByText(words)).toBeTruthy();
		expect(saved).toEqual([]);
	});
});
