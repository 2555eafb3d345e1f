/** Texts of the keys of what is sealed in Danish. */
export const da = {
	title: 'Nøgler',
	lead: 'Det, der skrives om hændelser, er forseglet. Nøglerne ligger i en database for sig, og de er selv låst med en rodnøgle, som ikke ligger i nogen database.',
	forbidden: 'Siden er for administratorer og sikkerhedsansvarlige.',
	failed: 'Nøglernes tilstand kunne ikke hentes.',
	logged: 'Dit opslag er registreret i loggen over anvendelser.',
	// ---- how it stands
	state: 'Sådan står det',
	rootNow: 'Rodnøgle nu',
	incidents: 'Hændelser med nøgle',
	destroyed: 'Destruerede nøgler',
	withoutKey: 'Hændelser uden nøgle',
	withoutKeyTitle: (p: { n: string }) => `Hændelser, som ingen kan læse, fordi nøglen mangler: ${p.n}`,
	withoutKeyText:
		'Kontakt dem, der driver Varsel: den nyeste sikkerhedskopi af nøglerne skal lægges tilbage. På serveren viser varsel keys status, hvilke hændelser det er.',
	roots: 'Rodnøgler, der er brug for',
	rootsText: 'En rodnøgle vises med sit navn, otte tegn, som intet røber om selve nøglen.',
	root: 'Rodnøgle',
	locks: 'Låser så mange nøgler',
	status: 'Status',
	current: 'Bruges nu',
	retired: 'Skal udskiftes',
	unknown: 'Serveren har den ikke',
	rootsNone: 'Der er ingen nøgler endnu. De kommer med den første indberetning.',
	// ---- approved, not done
	approvedTitle: 'Godkendt, men ikke udført endnu',
	approvedText:
		'En server udfører det af sig selv, ofte inden for få sekunder. En rodnøgle kan kun en server, der har den som keys.root, sætte ind.',
	approvedAt: (p: { when: string }) => `godkendt ${p.when}`,
	// ---- proposing a root key
	replaceTitle: 'Udskift rodnøglen',
	replaceNone: (p: { root: string }) =>
		`Der er ingen rodnøgle at udskifte: ${p.root} låser alt. Skal den skiftes, så giv først alle servere den nye som keys.root og den gamle som keys.retired. Kom så tilbage hertil.`,
	replaceSome: (p: { root: string; retired: string }) =>
		`Rodnøglen ${p.root} kan sættes i stedet for ${p.retired}. Du foreslår; en anden administrator godkender.`,
	// ---- proposing a renewal
	renewTitle: 'Forny organisationers nøgler',
	renewLead:
		'For eksempel når nogen kan have set en nøgle. Du foreslår; en anden administrator godkender. Ingen, der arbejder imens, mærker noget.',
	form: {
		fix: 'Ret dette, før du foreslår',
		whose: 'Hvis nøgler skal fornyes?',
		one: 'Én organisations',
		all: 'Alle organisationers',
		whoseMissing: 'Vælg, om det gælder én organisation eller alle.',
		cvr: 'Organisationens CVR-nummer',
		cvrHint: 'Otte cifre.',
		cvrWrong: 'Skriv et CVR-nummer med otte cifre.',
		unknownOrganisation: 'Ingen organisation med det CVR-nummer har indberettet. Tjek nummeret.',
		reason: 'Begrundelse',
		reasonHint:
			'Hvad der gør det nødvendigt. 10 til 2000 tegn. Begrundelsen gemmes, og administratorer kan læse den.',
		reasonLength: (p: { n: number }) => `Skriv 10 til 2000 tegn. Der er ${p.n}.`,
		send: 'Foreslå fornyelsen',
		sending: 'Sender …',
	},
	replaceSend: 'Foreslå udskiftningen',
	// ---- what was replaced
	replacements: 'De seneste udskiftninger',
	replacementsNone: 'Der er ikke udskiftet nøgler inden for det seneste år.',
	when: 'Hvornår',
	what: 'Hvad',
	RENEWED: 'Organisationers nøgler fornyet',
	ROOT_REPLACED: 'Rodnøgle udskiftet',
	count: 'Nøgler låst på ny',
	onWhoseWord: 'Besluttet af',
	byTwo: 'To administratorer',
	seeChange: (p: { when: string }) => `To administratorer: se godkendelsen af det, der skete ${p.when}`,
	alone: 'Driften alene',
	// ---- on the page of the change
	whoseKeys: 'Nøgler, der bliver fornyet',
	renewText:
		'Hver organisation får en ny nøgle, som hændelsernes nøgler låses med. Den gamle bliver destrueret. Hændelserne bliver ikke ændret, og ingen, der arbejder imens, mærker noget.',
	newRoot: 'Rodnøgle, der sættes ind',
	oldRoots: 'Rodnøgler, der går ud',
	replaceText:
		'Alle nøgler, som de gamle rodnøgler låser, bliver låst med den nye. Hændelserne bliver ikke ændret, og ingen, der arbejder imens, mærker noget.',
	replaceAfter:
		'Bagefter kan de gamle rodnøgler ikke længere låse noget op og kan fjernes fra serverne. Sørg for, at der er en kopi af den nye et sikkert sted: uden den kan intet læses.',
};
