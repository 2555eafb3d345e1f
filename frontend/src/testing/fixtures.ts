import type { DutyFragment, RecipientFragment, StepsFragment, WordsFragment } from '@/api/shared.generated';
import type { CatalogueFactFragment } from '@/features/report/report.generated';
import type { Row } from '@/features/queue/live';

/** The same word in both languages, told apart. */
export const words = (text: string): WordsFragment => ({ da: text, en: `${text} (en)` });

/** A fact of the catalogue. */
export function fact(
	id: string,
	type: CatalogueFactFragment['type'],
	more: Partial<CatalogueFactFragment> = {},
): CatalogueFactFragment {
	return {
		id,
		type,
		group: 'what',
		groupLabel: words('Hvad er der sket?'),
		label: words(`Spørgsmål ${id}`),
		help: null,
		options: [],
		multiline: false,
		sensitivity: 'PLAIN',
		...more,
	};
}

/** A choice of a fact. */
export const option = (id: string, group: string | null = null) => ({
	id,
	label: words(`Valg ${id}`),
	group: group ? words(group) : null,
	alsoCalled: [] as string[],
});

/** A duty that is open until `target`. */
export function duty(more: Partial<DutyFragment> = {}): DutyFragment {
	return {
		regime: 'nis2_dk',
		regimeName: words('NIS 2'),
		stage: 'early_warning',
		stageName: words('Tidlig varsling'),
		recipients: [{ id: 'csirt', name: words('CSIRT’en') }],
		recipientIds: ['csirt'],
		provisional: false,
		status: 'OPEN',
		target: '2026-11-24T22:15:00+01:00',
		due: '2026-11-24T23:00:00+01:00',
		filedAt: null,
		cite: 'NIS2 art. 23(4)(a)',
		filedElsewhere: false,
		filedWith: null,
		...more,
	};
}

/** A unit that receives. */
export function route(
	unit: string,
	part: RecipientFragment['part'] = 'LEAD',
	why = 'Sektoren er ramt.',
): RecipientFragment {
	return {
		unit: { id: unit, kind: 'SECTOR_UNIT', name: words(unit), phone: null, email: null, url: null },
		role: 'sector_unit',
		part,
		because: { text: words(why), cite: 'BEK 260/2025 § 75', facts: [] },
	};
}

/** The receipt of the first report on V-2026-00042. */
export function receiptOf(more: {
	recipients: RecipientFragment[];
	met?: DutyFragment[];
	next?: DutyFragment | null;
}) {
	return {
		id: 'filing_1',
		number: 'V-2026-00042',
		receivedAt: '2026-11-24T13:35:00Z',
		filedBy: 'Mette Holm',
		factsSha256: 'ab'.repeat(32),
		met: [],
		next: null,
		...more,
	};
}

/** A step of advice. */
export function step(
	id: string,
	phase = 'immediate',
	dont = false,
	more: Partial<StepsFragment['steps'][number]> = {},
): StepsFragment['steps'][number] {
	return {
		id,
		phase,
		phaseName: words(phase),
		who: words('IT-drift'),
		when: words('inden for 1 time'),
		urgency: 0,
		dont,
		spans: {
			da: [{ text: `Trin ${id}`, href: null }],
			en: [{ text: `Step ${id}`, href: null }],
		},
		regime: null,
		confidence: 'official',
		sources: [],
		...more,
	};
}

/** How severe an incident is, as proposed and confirmed by nobody. */
export const held = (level: number, name: string) => ({
	level,
	name: words(name),
	proposed: { level, name: words(name), because: [] },
	confirmation: null,
	confirmations: [],
	confirmable: false,
	scale: [],
});

/** A row of a queue. */
export function row(id: string, more: Partial<Row> = {}): Row {
	return {
		id,
		part: 'LEAD',
		status: 'NEW',
		openedAt: '2026-11-24T10:00:00Z',
		updatedAt: '2026-11-24T10:00:00Z',
		version: 1,
		nextDue: null,
		incident: {
			id: `incident_${id}`,
			number: `V-2026-${id}`,
			receivedAt: '2026-11-24T10:00:00Z',
			organisation: { id: `org_${id}`, name: `Firma ${id}` },
			severity: held(2, 'Middel'),
		},
		...more,
	};
}

/** An assessment of nothing, to be filled in. */
export const blankAssessment = {
	packVersion: '2026.1',
	regimes: [],
	obligations: [],
	routes: [],
	severity: { level: 2, name: words('Middel'), because: [] },
	questions: [],
	guidance: [],
	problems: [],
	warnings: [],
	missing: [],
};
