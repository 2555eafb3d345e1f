/** Texts of erasing incidents at once in Danish. */
export const da = {
	/** The way here, from the overview of deadlines. */
	link: 'Slet straks i en nødsituation',
	title: 'Foreslå at slette hændelser straks',
	lead: 'For den dag, hvor det indberettede ikke må falde i andres hænder. Du foreslår; en anden administrator skal læse forslaget og godkende det. Først da sker der noget.',
	happensTitle: 'Det sker, når forslaget bliver godkendt',
	happens: [
		'Først bliver hændelsernes nøgler destrueret. Inden for et minut kan ingen server læse hændelserne, og heller ingen kopi af databasen.',
		'Derefter bliver hændelserne slettet. De indberettende organisationer mister dem også.',
		'Frister tæller ikke, og hændelser, der er bevaret ud over fristen, bliver også slettet.',
		'Intet bringer dem tilbage, undtagen en sikkerhedskopi af nøglerne sammen med rodnøglen. Skal de helt væk, så destruér også den.',
	],
	form: {
		fix: 'Ret dette, før du foreslår',
		whose: 'Hvis hændelser skal slettes?',
		one: 'Én organisations hændelser',
		all: 'Alle hændelser i Varsel',
		whoseMissing: 'Vælg, om det gælder én organisation eller alle.',
		cvr: 'Organisationens CVR-nummer',
		cvrHint: 'Otte cifre. Du ser organisationens navn på forslaget, før det bliver godkendt.',
		cvrWrong: 'Skriv et CVR-nummer med otte cifre.',
		unknownOrganisation: 'Ingen organisation med det CVR-nummer har indberettet. Tjek nummeret.',
		reason: 'Begrundelse',
		reasonHint:
			'Hvad der gør sletningen nødvendig nu. 10 til 2000 tegn. Begrundelsen gemmes, og administratorer kan læse den, også efter sletningen.',
		reasonLength: (p: { n: number }) => `Skriv 10 til 2000 tegn. Der er ${p.n}.`,
		sure: {
			one: 'Jeg forstår, at alle organisationens hændelser forsvinder og ikke kan hentes tilbage.',
			all: 'Jeg forstår, at alle hændelser i Varsel forsvinder og ikke kan hentes tilbage.',
			missing: 'Sæt kryds ved, at du forstår, hvad der sker.',
		},
		send: 'Foreslå sletningen',
		sending: 'Sender …',
	},
	// ---- on the page of the change
	erased: 'Bliver slettet',
	of: (p: { name: string }) => `Alle hændelser fra ${p.name}`,
	ofAll: 'Alle hændelser fra alle organisationer',
};
