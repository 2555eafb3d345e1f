import type { da } from './uses.da';

/** Texts of the log of use in English. */
export const en: typeof da = {
	title: 'The log of use',
	lead: 'Who saw or changed what, when, and in which function.',
	forbidden: 'This page is for those whose task it is to investigate how the data are used.',
	rules:
		'The log is used for investigations only. Write the number of the case: your look is itself logged with it. You cannot see your own acts, by whatever account; somebody else investigates those, and asking for them sets off an alarm.',
	mend: 'Correct this first',
	fields: {
		case: {
			label: 'Number of the case',
			hint: 'As your own case system has it.',
			wrong: 'Write the number of the case, at most 60 characters.',
		},
		incident: {
			label: 'Number of the incident',
			hint: 'For example V-2026-00042. Leave it empty where the investigation is not about one incident.',
			wrong: 'Write the number of the incident, for example V-2026-00042.',
		},
		from: {
			label: 'From, that day included',
			hint: 'A day, for example 25.11.2026. Empty: from the beginning of the log.',
			wrong: 'Write the day as 25.11.2026.',
		},
		until: {
			label: 'Until, that day included',
			hint: 'A day, for example 25.11.2026. Empty: until now.',
			wrong: 'Write a day as 25.11.2026, not before the first one.',
		},
	},
	find: 'Find uses',
	found: (p) => `Found in case ${p.number}`,
	total: (p) => `${p.n} uses, oldest first.`,
	failed: 'The uses could not be fetched.',
	more: 'Show more',
	only: 'Only this person',
	onlyOf: (p) => `Show only uses by ${p.name}`,
	onlyBy: (p) => `Only uses by ${p.name}.`,
	everybody: 'Show all again',
	details: 'Details',
	purposes: (p) => `Purpose: ${p.purposes}`,
	shown: 'Answers that were shown:',
	place: (p) => `Place in the log: ${p.place}`,
	soon: 'given within ten seconds',
	request: (p) => `Request: ${p.id}`,
	entry: 'As it stands in the log:',
	files: {
		html: 'Download as a page to read and print (HTML)',
		csv: 'Download for a spreadsheet (CSV)',
		jsonl: 'Download as evidence that “varsel log verify” checks (JSONL)',
	},
};
