import type { da } from './keys.da';

/** Texts of the keys of what is sealed in English. */
export const en: typeof da = {
	title: 'Keys',
	lead: 'What is written about incidents is sealed. The keys are in a database of their own, and they are locked themselves with a root key, which is in no database.',
	forbidden: 'This page is for administrators and security officers.',
	failed: 'The state of the keys could not be fetched.',
	logged: 'That you looked is in the log of use.',
	state: 'How it stands',
	rootNow: 'Root key now',
	incidents: 'Incidents with a key',
	destroyed: 'Keys destroyed',
	withoutKey: 'Incidents without a key',
	withoutKeyTitle: (p) => `Incidents that nobody can read, because their key is missing: ${p.n}`,
	withoutKeyText:
		'Tell those who run Varsel: the newest backup of the keys has to be restored. On the server, varsel keys status says which incidents they are.',
	roots: 'Root keys that are needed',
	rootsText: 'A root key is shown by its name, eight characters that give away nothing of the key.',
	root: 'Root key',
	locks: 'Locks so many keys',
	status: 'Status',
	current: 'In use now',
	retired: 'To be replaced',
	unknown: 'The server does not have it',
	rootsNone: 'There are no keys yet. They come with the first report.',
	approvedTitle: 'Approved, but not done yet',
	approvedText:
		'A server does it by itself, often within seconds. A root key can be put in only by a server that has it as keys.root.',
	approvedAt: (p) => `approved ${p.when}`,
	replaceTitle: 'Replace the root key',
	replaceNone: (p) =>
		`There is no root key to replace: ${p.root} locks everything. To change it, first give all servers the new one as keys.root and the old one as keys.retired. Then come back here.`,
	replaceSome: (p) =>
		`The root key ${p.root} can be put in the place of ${p.retired}. You propose; another administrator approves.`,
	renewTitle: 'Renew the keys of organisations',
	renewLead:
		'For example when somebody may have seen a key. You propose; another administrator approves. Nobody who works meanwhile notices.',
	form: {
		fix: 'Correct this before you propose',
		whose: 'Whose keys are to be renewed?',
		one: 'Those of one organisation',
		all: 'Those of all organisations',
		whoseMissing: 'Choose whether it is about one organisation or all.',
		cvr: 'CVR number of the organisation',
		cvrHint: 'Eight digits.',
		cvrWrong: 'Write a CVR number of eight digits.',
		unknownOrganisation: 'No organisation of that CVR number has reported. Check the number.',
		reason: 'Reason',
		reasonHint:
			'What makes it necessary. 10 to 2000 characters. The reason is kept, and administrators can read it.',
		reasonLength: (p) => `Write 10 to 2000 characters. There are ${p.n}.`,
		send: 'Propose the renewal',
		sending: 'Sending …',
	},
	replaceSend: 'Propose the replacement',
	replacements: 'The last replacements',
	replacementsNone: 'No keys were replaced within the last year.',
	when: 'When',
	what: 'What',
	RENEWED: 'Keys of organisations renewed',
	ROOT_REPLACED: 'Root key replaced',
	count: 'Keys locked anew',
	onWhoseWord: 'Decided by',
	byTwo: 'Two administrators',
	seeChange: (p) => `Two administrators: see the approval of what happened ${p.when}`,
	alone: 'Whoever runs the server, alone',
	whoseKeys: 'Keys to be renewed',
	renewText:
		'Each organisation gets a new key, with which the keys of its incidents are locked. The one before is destroyed. No incident is changed, and nobody who works meanwhile notices.',
	newRoot: 'Root key that goes in',
	oldRoots: 'Root keys that go out',
	replaceText:
		'All keys that the old root keys lock are locked with the new one. No incident is changed, and nobody who works meanwhile notices.',
	replaceAfter:
		'Afterwards the old root keys open nothing any more, and can be taken off the servers. Be sure that there is a copy of the new one in a safe place: without it nothing can be read.',
};
