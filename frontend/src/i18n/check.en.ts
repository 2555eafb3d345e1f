import type { da } from './check.da';

/** Texts of the page where the answers are checked and sent, in English. */
export const en: typeof da = {
	title: 'Check your answers before you send',
	nothingSent: 'Nothing has been sent yet.',
	notStated: 'Not stated',
	confidential: 'confidential',
	recipients: 'Where the report will be sent',
	noRecipients: 'The answers do not point to a recipient yet.',
	missing: 'Before you can send',
	missingText: 'Give an answer to these questions. “Not known yet” is an answer too.',
	mustKnow:
		'“Not known yet” is not enough here: these need an answer. Give an estimate; it can be corrected later.',
	missingDone: 'Every question that was missing has an answer now.',
	toMissing: 'See which answers are missing',
	answerUnknown: 'Answer “Not known yet” to all of them',
	answerOthersUnknown: 'Answer “Not known yet” where that is enough',
	warnings: 'Look at this before you send',
	confirm: 'I have looked at it and want to send all the same',
	confirmFirst: 'Tick that you have looked at the warnings.',
	mistakes: 'Correct this before you send',
	send: 'Send the report',
	sending: 'Sending …',
	signInFirst: 'Sign in to send',
	signInText: 'Your draft stays in this tab. Once signed in, you come back here.',
	notReporter: (p) => `${p.name} cannot report for a company. Sign in as a reporter to send.`,
	refused: 'The report was not received. Correct the answers and send again.',
	incomplete: 'The report was not received: answers are missing.',
	confirmNeeded: 'The report has not been sent yet. Look at the warnings and send again.',
	signedOut: 'The report was not sent: you are signed out',
	signedOutText:
		'Nothing was sent. Your draft stays in this tab. Once signed in, you come back here and can send.',
	signedOutAgain: 'You are signed out, so we do not know yet whether the report arrived',
	signedOutAgainText:
		'Your draft stays in this tab. Sign in and try again: if it has already been received, you get the same receipt, and nothing is sent twice.',
	nothingNew:
		'You have changed or added nothing since the last time. If you send it all the same, the authorities get the same answers again, and only what is answered in full already is met.',
	uncertain: 'We do not know whether the report arrived',
	other: ({ number }: { number: string }) =>
		`An earlier version of your report was received as ${number}. What you have changed since has not been sent`,
	otherText: 'Your answers are kept here. Send the changes as a further report on the same incident.',
	otherNotKept:
		'The browser cannot keep the answers, so this page stays. Let it keep data for Varsel and try again, or write the changes in another tab.',
	otherSend: ({ number }: { number: string }) => `Report the changes on ${number}`,
	uncertainText:
		'The connection broke on the way. Try again: if it has already been received, you get the same receipt, and nothing is sent twice.',
	noRoom: 'The report was not received: the server has no room',
	noRoomText:
		'Your answers are still here. Try again in some minutes; nothing is sent twice. If it is urgent, call your authority.',
	serverError: 'The server could not answer. Try again in a moment; nothing is sent twice.',
};
