import type { da } from './settings.da';

/** Texts of the settings that two must adopt. */
export const en: typeof da = {
	title: 'Critical settings',
	lead: 'How long data is kept, and who watches over the log, is for nobody to decide alone. These settings therefore hold as two administrators have adopted them. When operations change the configuration, the old ones hold until two have approved the new.',
	forbidden: 'This page is for administrators and security officers.',
	failed: 'The settings could not be loaded.',
	holds: 'In force',
	waits: 'Waiting for approval',
	waitsText:
		'The configuration says something else than what holds. The new value stands after “instead”. It holds only when two administrators have approved it.',
	since: 'Since',
	seeChange: 'See the approval',
	byTwo: 'Approved by two administrators.',
	fromStart: 'Was there from the beginning.',
	instead: 'Instead:',
	becomingText:
		'What holds now stands before the arrow; what will hold stands after it. Nothing is changed until the proposal is approved.',
	becomes: 'becomes',
	unchanged: 'unchanged',
	takenAway: 'taken away',
	nowFailed: 'What holds now could not be loaded. Only what is proposed stands here.',
	none: 'none',
	absent: 'not set',
	witness: (p) => `The witness ${p.name}`,
	names: {
		incident_months: 'Months for which an incident is kept',
		proposal_months: 'Months for which a proposal that came to nothing is kept',
		review_months: 'Months for which a closed review is kept',
		sign_in_days: 'Days for which ended sessions and links are kept',
		job_days: 'Days for which finished jobs are kept',
		require_separation: 'The server may run only where it cannot change the log',
		checkpoint_mailboxes: 'Mailboxes that get the checkpoint of the log every day',
	},
	values: { true: 'yes', false: 'no' },
	propose: {
		RETENTION: 'Propose to adopt the deadlines of erasure',
		USE_LOG: 'Propose to adopt the settings of the log',
	},
	reasonHint:
		'Why the settings were changed. 10 to 2000 characters. It is kept, and administrators can read it.',
};
