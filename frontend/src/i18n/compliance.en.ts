import type { da } from './compliance.da';

/** Texts of the report for the supervising authority in English. */
export const en: typeof da = {
	title: 'Report for the supervising authority',
	lead: 'The report shows who is authorised, what was reviewed, rejected, logged, erased and decided by two, and what needs attention.',
	forbidden: 'This page is for administrators and security officers.',
	rules:
		'The report names people and their rights, and nothing of what incidents are about. That you fetch it is written in the log of use.',
	fix: 'Correct this first',
	since: 'From and including',
	sinceHint: 'A day, for example 1.1.2026. Empty: six months before the end.',
	until: 'Until and including',
	untilHint: 'A day, for example 30.6.2026. Empty or today: until now.',
	noDay: 'Write a day that exists, for example 30.6.2026.',
	future: 'The period cannot end in the future. Choose a day that has passed, or leave the field empty.',
	backwards: 'The period must begin before it ends. Choose an earlier day.',
	forms: {
		html: 'Fetch for reading and printing (HTML)',
		json: 'Fetch for programs (JSON)',
		txt: 'Fetch as text, with the signature at the end',
	},
	making: 'The report is being made …',
	made: (p) => `The report has been fetched: ${p.name}`,
	signature: (p) => `Save the signature (${p.name})`,
	signed:
		'The report is signed with the key of the log. Save the signature in the same folder: without it, nobody can tell whether the report was changed.',
	signedInside: 'The report is signed with the key of the log. The signature is at the end of the file.',
	verify: 'This is how it is verified, without a server and network. Those who run Varsel have the key:',
	again: 'Save the report again',
	failures: {
		notYours: 'You have no access to the report any longer. Ask an administrator.',
		other: 'The report could not be fetched. Try again in a while.',
	},
};
