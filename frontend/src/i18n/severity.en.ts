import type { da } from './severity.da';

/** Texts about the severity of an incident in English. */
export const en: typeof da = {
	title: 'Severity',
	proposed: 'Proposed, not confirmed',
	outdatedMark: 'Proposal has changed',
	confirmedMark: 'Confirmed',
	notConfirmed: 'Proposed by the rules. No authority has confirmed it yet.',
	confirmed: (p) => `Confirmed by ${p.who} ${p.when}.`,
	set: (p) => `Set by ${p.who} ${p.when}. Proposed was ${p.proposed}.`,
	person: (p) => `${p.name}, ${p.unit},`,
	lead: 'the unit that coordinates',
	because: (p) => `Reason: ${p.why}`,
	outdated: (p) => `The proposal has changed since: ${p.proposed} is proposed now`,
	outdatedText: 'The confirmed level holds until the unit that coordinates confirms again.',
	why: (p) => `Why ${p.proposed} is proposed`,
	whyHidden: 'The reasons rest on facts that your unit does not see.',
	history: 'Earlier confirmations',
	confirm: (p) => `Confirm: ${p.level}`,
	confirming: 'Saving …',
	other: 'Choose another level',
	level: 'Level',
	levelNone: 'Choose a level.',
	isProposed: 'Proposed',
	reason: 'Reason',
	reasonHint:
		'10 to 2000 characters. It may be left out when the level is the proposed one and nobody has set another. Only the units that coordinate see it. Do not write CPR numbers.',
	reasonLength: (p) =>
		`Write the reason with 10 to 2000 characters when the level is another than proposed or set; it has ${p.n}.`,
	reasonLong: (p) => `The reason may have no more than 2000 characters; it has ${p.n}.`,
	save: 'Save the level',
	fix: 'Correct this before you save the level',
	conflict: 'The level was not saved: something changed meanwhile',
	conflictText: 'Look again, and save if you still mean it. What you wrote is still here.',
	refused: 'The level was not saved',
	notSent:
		'Varsel did not answer, so it is not known whether the level was saved. Try again: nothing is overwritten, and if it was saved, you are shown what stands there.',
	done: (p) => `The severity is confirmed: ${p.level}.`,
};
