/** Texts of the page where the answers are checked and sent, in Danish. */
export const da = {
	title: 'Tjek jeres svar, før I sender',
	nothingSent: 'Intet er sendt endnu.',
	notStated: 'Ikke oplyst',
	confidential: 'fortroligt',
	recipients: 'Indberetningen sendes til',
	noRecipients: 'Svarene peger ikke på en modtager endnu.',
	missing: 'Før I kan sende',
	missingText: 'Giv et svar på disse spørgsmål. »Ved det ikke endnu« er også et svar.',
	mustKnow: 'Her er »Ved det ikke endnu« ikke nok: der skal et svar. Giv et skøn; det kan rettes senere.',
	missingDone: 'Alle spørgsmål, der mangler, har nu et svar.',
	toMissing: 'Se, hvilke svar der mangler',
	answerUnknown: 'Svar »Ved det ikke endnu« på dem alle',
	answerOthersUnknown: 'Svar »Ved det ikke endnu« på dem, hvor det er nok',
	warnings: 'Se dette igennem, før I sender',
	confirm: 'Vi har set det igennem og vil sende alligevel',
	confirmFirst: 'Sæt hak ved, at I har set advarslerne igennem.',
	mistakes: 'Ret dette, før I sender',
	send: 'Send indberetningen',
	sending: 'Sender …',
	signInFirst: 'Log ind for at sende',
	signInText: 'Kladden bliver i denne fane. Når I er logget ind, kommer I tilbage hertil.',
	notReporter: (p: { name: string }) =>
		`${p.name} kan ikke indberette for en virksomhed. Log ind som indberetter for at sende.`,
	refused: 'Indberetningen blev ikke modtaget. Ret svarene, og send igen.',
	incomplete: 'Indberetningen blev ikke modtaget: der mangler svar.',
	confirmNeeded: 'Indberetningen er ikke sendt endnu. Se advarslerne igennem, og send igen.',
	signedOut: 'Indberetningen er ikke sendt: I er logget ud',
	signedOutText:
		'Intet er sendt. Kladden bliver i denne fane. Når I er logget ind, kommer I tilbage hertil og kan sende.',
	signedOutAgain: 'I er logget ud, så vi ved endnu ikke, om indberetningen nåede frem',
	signedOutAgainText:
		'Kladden bliver i denne fane. Log ind, og prøv igen: er den allerede modtaget, får I den samme kvittering, og intet bliver sendt to gange.',
	nothingNew:
		'I har ikke ændret eller tilføjet noget siden sidst. Sender I alligevel, får myndighederne de samme svar igen, og kun det, der allerede er svaret fuldt på, bliver opfyldt.',
	uncertain: 'Vi ved ikke, om indberetningen nåede frem',
	other: ({ number }: { number: string }) =>
		`En tidligere udgave af jeres indberetning er modtaget som ${number}. Det, I har ændret siden, er ikke sendt`,
	otherText: 'Jeres svar er gemt her. Send ændringerne som en supplerende indberetning om samme hændelse.',
	otherNotKept:
		'Browseren kan ikke gemme svarene, så siden bliver her. Tillad, at den gemmer data for Varsel, og prøv igen, eller skriv ændringerne i en ny fane.',
	otherSend: ({ number }: { number: string }) => `Indberet ændringerne om ${number}`,
	uncertainText:
		'Forbindelsen røg undervejs. Prøv igen: er den allerede modtaget, får I den samme kvittering, og intet bliver sendt to gange.',
	noRoom: 'Indberetningen blev ikke modtaget: serveren har ikke plads',
	noRoomText:
		'Jeres svar står her stadig. Prøv igen om nogle minutter; intet bliver sendt to gange. Haster det, så ring til jeres myndighed.',
	serverError: 'Serveren kunne ikke svare. Prøv igen om lidt; intet bliver sendt to gange.',
};
