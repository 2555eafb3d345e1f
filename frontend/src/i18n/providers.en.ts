import type { da } from './providers.da';

/** Texts of the identity providers through which people sign in. */
export const en: typeof da = {
	title: 'Identity providers',
	lead: 'An identity provider decides who people are. Two administrators therefore approve each provider on exactly the settings that the configuration gives it. One that is new or changed opens nothing until then; the others work on.',
	forbidden: 'This page is for administrators and security officers.',
	failed: 'The providers could not be loaded.',
	none: 'The configuration has no identity providers. Operations add them under identity.providers.',
	trusted: 'Approved',
	waits: 'Waiting for approval',
	since: 'Since',
	seeChange: 'See the approval',
	byTwo: 'Approved by two administrators.',
	fromStart: 'Was there from the beginning, or was approved at the command line.',
	name: 'Name',
	issuer: 'Address (issuer)',
	settings: 'Settings',
	empty: 'not set',
	propose: (p) => `Propose to approve ${p.name}`,
	reasonHint:
		'Why the provider is new or changed. 10 to 2000 characters. It is kept, and administrators can read it.',
};
