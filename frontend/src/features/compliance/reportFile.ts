import type { Language } from '@/i18n';
import type { Period } from './period';

/** The forms in which a report can be had. */
export type Form = 'html' | 'json' | 'txt';

/** A report as it came, and its signature: the page's own addresses of them, until they are let go. */
export type ReportFile = { form: Form; name: string; report: string; signature: string };

/** Why none came: a field of the form in the server's words, or something else. */
export type ReportFailure =
	{ field: 'since' | 'until'; text: Record<Language, string> } | 'signedOut' | 'notYours' | 'other';

/** Where a report is fetched. */
export function reportAddress(form: Form, { since, until }: Period, language: Language): string {
	const query = new URLSearchParams({ language });
	if (since) query.set('since', since);
	if (until) query.set('until', until);
	return `/compliance-report.${form}?${query}`;
}

const decoded = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Fetches a report; it is kept byte for byte as it came, since that is what was signed. */
export async function fetchReport(
	form: Form,
	period: Period,
	language: Language,
): Promise<ReportFile | { failure: ReportFailure }> {
	try {
		const response = await fetch(reportAddress(form, period, language), { credentials: 'same-origin' });
		if (!response.ok) return { failure: await whyNot(response) };
		const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
		const signature = response.headers.get('varsel-signature');
		if (!name || !signature) return { failure: 'other' };
		const report = URL.createObjectURL(await response.blob());
		return { form, name, report, signature: URL.createObjectURL(new Blob([decoded(signature)])) };
	} catch {
		return { failure: 'other' };
	}
}

/** Lets go of a report that is shown no longer. */
export function letGo({ report, signature }: ReportFile): void {
	URL.revokeObjectURL(report);
	URL.revokeObjectURL(signature);
}

async function whyNot(response: Response): Promise<ReportFailure> {
	if (response.status === 401) return 'signedOut';
	if (response.status === 403 || response.status === 404) return 'notYours';
	if (response.status !== 400) return 'other';
	const { field, text } = (await response.json()) as { field?: string; text?: Record<Language, string> };
	return text && (field === 'since' || field === 'until') ? { field, text } : 'other';
}
