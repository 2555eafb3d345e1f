import type { uses } from '@/i18n/uses';

type Words = (typeof uses)['da'];

/** The kinds of use as the API names them: those of docs/log-interpretation.md, by what they are about. */
export const KINDS: Record<keyof Words['kindGroups'], readonly (keyof Words['kinds'])[]> = {
	incidents: [
		'SUBMITTED',
		'OPENED',
		'LISTED',
		'PUSHED',
		'EXPORTED',
		'REPORT_REQUESTED',
		'SEVERITY_CONFIRMED',
		'REASSESSED',
		'MAILED',
	],
	rules: ['PACK_RECEIVED', 'COMPARED', 'REPLAYED'],
	changes: [
		'CHANGE_READ',
		'CHANGE_PROPOSED',
		'CHANGE_APPROVED',
		'CHANGE_REJECTED',
		'CHANGE_WITHDRAWN',
		'CHANGE_EXPIRED',
		'CHANGE_REFUSED',
		'SETTINGS_READ',
		'SETTINGS_ADOPTED',
		'PROVIDERS_READ',
		'PROVIDER_TRUSTED',
	],
	rights: [
		'AUTHORISATIONS_READ',
		'AUTHORISATIONS_EXPORTED',
		'AUTHORISATION_GRANTED',
		'AUTHORISATION_REINSTATED',
		'AUTHORISATION_SUSPENDED',
		'AUTHORISATION_WITHDRAWN',
		'PERSON_LEFT',
		'PEOPLE_SEARCHED',
		'REVIEW_OPENED',
		'REVIEW_READ',
		'REVIEW_DECIDED',
		'REVIEW_CLOSED',
		'REVIEW_EXPORTED',
	],
	accounts: [
		'SESSIONS_ENDED',
		'ATTEMPTS_READ',
		'BLOCK_FOLLOWED_UP',
		'ADMINISTRATOR_INVITED',
		'ADMINISTRATOR_NAMED',
		'ACCOUNT_INVITED',
		'ACCOUNT_RESET',
		'ACCOUNT_CLOSED',
		'ACCOUNTS_LISTED',
		'TOKEN_MADE',
		'TOKEN_REVOKED',
		'CREDENTIALS_CHANGED',
	],
	log: ['USES_READ', 'USES_EXPORTED', 'COMPLIANCE_REPORTED', 'HEARTBEAT', 'CLOCK_WRONG'],
	upkeep: ['ERASED', 'RETENTION_READ', 'KEYS_REPLACED', 'VAULT_READ', 'JOB_RUN'],
};

/** What a group of kinds is about, in the order in which they are shown. */
export const KIND_GROUPS = Object.keys(KINDS) as (keyof typeof KINDS)[];
