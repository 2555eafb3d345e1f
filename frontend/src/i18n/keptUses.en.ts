import type { da } from './keptUses.da';

/** Texts of log entries that are kept beyond their deadline, in English. */
export const en: typeof da = {
	title: 'Log entries kept beyond the deadline',
	text: 'What the log tells of a person’s acts in a period can be kept beyond the six months when a case needs it. No entry gets older than five years. One administrator proposes it from the person’s page under Access, another approves.',
	none: 'No log entries are kept beyond their deadline.',
	whose: 'Whose acts',
	period: 'Period',
	days: (p) => (p.first === p.last ? p.first : `${p.first} to ${p.last}, both included`),
	moments: (p) => `from ${p.from} to ${p.to}`,
	until: 'Kept until the end of',
	seeChangeOf: (p) => `${p.name}: see the approval for the log entries of what ${p.person} did`,
	release: 'Propose to release',
	releaseOf: (p) => `Propose to release the log entries of what ${p.person} did`,
	undecided: 'Log entries are kept without the decision of two',
	undecidedText: (p) =>
		`No change is behind the entries of what ${p.people} did. Tell those who run Varsel: it has to be looked into.`,
	findPerson: 'Find the person under Access',
	nobody: 'No person is chosen.',
	nobodyText: 'Find the person under Access. On the person’s page you can propose to keep the log entries.',
	notFound: 'There is no such person.',
	notFoundText: 'Find the person under Access.',
	failed: 'The name of the person could not be fetched.',
	own: 'These are your own acts.',
	ownText: 'Other administrators have to propose and approve it.',
	form: {
		keepTitle: 'Propose to keep log entries',
		keepLead:
			'What the log tells of the person’s acts in the period stays until the day that you choose. Another administrator has to read the proposal and approve it. Neither of you may be that person.',
		releaseTitle: 'Propose to release log entries',
		releaseLead:
			'It is about everything that is kept of the person’s acts. The entries are erased when they reach their deadline of six months; where they have done so already, at the next erasure. Another administrator has to read the proposal and approve it.',
		first: 'First day of the period',
		firstHint: 'Today or earlier. Write it as 1.11.2026.',
		firstUnreadable: 'Write a day that exists, for example 1.11.2026.',
		firstAhead: 'Choose today or an earlier day.',
		firstTooOld: 'Choose a later day: no log entry may get older than five years.',
		last: 'Last day of the period',
		lastHint:
			'The day is included. It may come after today: then what the person does until then is kept, too.',
		lastUnreadable: 'Write a day that exists, for example 30.11.2026.',
		lastBeforeFirst: 'Choose the first day of the period or a later one.',
		until: 'Kept until the end of',
		untilHint: 'At the latest five years after the first day of the period. Write it as 31.12.2027.',
		untilHintOf: (p) =>
			`At the latest ${p.last}: five years after the first day of the period. Write it as 31.12.2027.`,
		untilUnreadable: 'Write a day that exists, for example 31.12.2027.',
		untilPast: 'Choose a day after today.',
		untilBeforeLast: 'Choose the last day of the period or a later one.',
		untilTooLate: (p) => `Choose ${p.last} or an earlier day.`,
		KEEP_END:
			'Choose a day after today, not before the last day of the period, and at the latest five years after its first day.',
		reasonHint:
			'Who needs the log entries, or needs them no longer, and in which case. 10 to 2000 characters. Write nothing of what the entries tell: the reason is kept, and administrators and security officers can read it.',
	},
	kept: 'The log entries of what the person did in the period stay beyond their deadline of six months.',
	released:
		'The log entries of what the person did are kept no longer: they are erased when they reach their deadline of six months.',
};
