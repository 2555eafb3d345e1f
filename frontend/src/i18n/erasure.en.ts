import type { da } from './erasure.da';

/** Texts of erasing incidents at once in English. */
export const en: typeof da = {
	link: 'Erase at once in an emergency',
	title: 'Propose to erase incidents at once',
	lead: 'For the day on which what was reported must not fall into other hands. You propose; another administrator has to read the proposal and approve it. Nothing happens before that.',
	happensTitle: 'This happens when the proposal is approved',
	happens: [
		'First the keys of the incidents are destroyed. Within a minute no server can read the incidents any more, and no copy of the database can be read either.',
		'Then the incidents are erased. The organisations that reported lose them, too.',
		'Deadlines do not count, and incidents that are held beyond their deadline are erased as well.',
		'Nothing brings them back but a backup of the keys together with the root key. If they must be gone for good, destroy that as well.',
	],
	form: {
		fix: 'Correct this before you propose',
		whose: 'Whose incidents are to be erased?',
		one: 'The incidents of one organisation',
		all: 'All incidents in Varsel',
		whoseMissing: 'Choose whether it is about one organisation or all.',
		cvr: 'CVR number of the organisation',
		cvrHint: 'Eight digits. You see the name of the organisation on the proposal before it is approved.',
		cvrWrong: 'Write a CVR number of eight digits.',
		unknownOrganisation: 'No organisation of that CVR number has reported. Check the number.',
		reason: 'Reason',
		reasonHint:
			'What makes the erasure necessary now. 10 to 2000 characters. The reason is kept, and administrators can read it, also after the erasure.',
		reasonLength: (p) => `Write 10 to 2000 characters. There are ${p.n}.`,
		sure: {
			one: 'I understand that all incidents of the organisation disappear and cannot be brought back.',
			all: 'I understand that all incidents in Varsel disappear and cannot be brought back.',
			missing: 'Tick that you understand what happens.',
		},
		send: 'Propose the erasure',
		sending: 'Sending …',
	},
	erased: 'To be erased',
	of: (p) => `All incidents of ${p.name}`,
	ofAll: 'All incidents of all organisations',
};
