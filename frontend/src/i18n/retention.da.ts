/** Texts of how long data is kept, and of holds, in Danish. */
export const da = {
	title: 'Hvor længe data opbevares',
	lead: 'Alt har en frist. Det, der har nået sin frist, bliver slettet inden for et døgn.',
	forbidden: 'Siden er for administratorer og sikkerhedsansvarlige.',
	failed: 'Oversigten kunne ikke hentes.',
	logged: 'Dit opslag er registreret i loggen over anvendelser.',
	report: 'Rapport til tilsynsmyndigheden',
	// ---- how it stands
	onTime: 'Intet er over sin frist.',
	overdueTitle: 'Data er ikke slettet til tiden',
	overdueOf: (p: { n: string; what: string }) =>
		`${p.what}: ${p.n} skulle være slettet for mere end et døgn siden.`,
	overdueText: 'Kontakt dem, der driver Varsel: sletningen skal undersøges.',
	next: (p: { when: string; how: string }) => `Næste sletning: ${p.when} (${p.how}).`,
	noNext: 'Ingen sletning er planlagt. Kontakt dem, der driver Varsel.',
	lateNext: (p: { when: string }) =>
		`En sletning skulle være begyndt ${p.when}, men er det ikke. Kontakt dem, der driver Varsel.`,
	// ---- the policy
	policy: 'Frister',
	kind: 'Hvad',
	kept: 'Opbevares',
	from: 'Regnet fra',
	basis: 'Grundlag',
	due: 'Slettes næste gang',
	overdue: 'Over fristen',
	holdable: 'To administratorer kan bevare en hændelse ud over fristen.',
	usesHoldable: 'To administratorer kan bevare det, en person har gjort, ud over fristen.',
	days: (p: { n: number }) => (p.n === 1 ? '1 dag' : `${p.n}\u00a0dage`),
	months: (p: { n: number }) => (p.n === 1 ? '1 måned' : `${p.n}\u00a0måneder`),
	kinds: {
		INCIDENTS: 'Hændelser',
		USES: 'Loggen over anvendelser',
		ATTEMPTS: 'Afviste forsøg',
		BLOCKS: 'Spærringer',
		SESSIONS: 'Sessioner',
		API_TOKENS: 'API-nøgler',
		SIGN_INS: 'Spor af login',
		JOBS: 'Opgaver i udbakken',
		PROPOSALS: 'Ændringer, som intet bygger på',
		REVIEWS: 'Gennemgange af rettigheder',
		AUTHORISATIONS: 'Rettigheder, der er slut',
		PEOPLE: 'Personer, som intet nævner',
	},
	// ---- holds
	held: 'Hændelser, der bevares ud over fristen',
	heldText:
		'En hændelse, som retten, politiet eller andre stadig skal bruge, kan bevares ud over fristen. Én administrator foreslår det, en anden godkender.',
	heldNone: 'Ingen hændelser er bevaret ud over fristen.',
	incident: 'Hændelse',
	until: 'Til og med',
	why: 'Hvorfor',
	proposedBy: 'Foreslået af',
	approvedBy: 'Godkendt af',
	seeChangeOf: (p: { number: string; name: string }) => `${p.name}: se godkendelsen for ${p.number}`,
	lift: 'Foreslå at ophæve',
	liftOf: (p: { number: string }) => `Foreslå at ophæve bevaringen af ${p.number}`,
	propose: 'Foreslå at bevare en hændelse',
	// ---- what was erased
	runs: 'De seneste sletninger',
	runsNone: 'Der er ikke slettet noget endnu.',
	began: 'Begyndte',
	erased: 'Slettet',
	nothing: 'Intet havde nået sin frist',
	heldThen: 'Bevarede hændelser',
	// ---- proposing
	form: {
		back: 'Til oversigten over frister',
		placeTitle: 'Foreslå at bevare en hændelse',
		placeLead:
			'Hændelsen og loggen over anvendelser af den bliver stående til den dag, du vælger, men ingen post i loggen bliver ældre end fem år. En anden administrator skal læse forslaget og godkende det.',
		liftTitle: 'Foreslå at ophæve en bevaring',
		liftLead:
			'Hændelsen bliver slettet, når dens frist er nået; er den det allerede, så ved næste sletning. En anden administrator skal læse forslaget og godkende det.',
		fix: 'Ret dette, før du foreslår',
		number: 'Hændelsens nummer',
		numberHint: 'For eksempel V-2026-00042.',
		numberMissing: 'Skriv hændelsens nummer, for eksempel V-2026-00042.',
		UNKNOWN_INCIDENT: 'Der er ingen hændelse med det nummer. Tjek nummeret.',
		NOT_HELD: 'Hændelsen er ikke bevaret. Tjek nummeret; i oversigten står dem, der er.',
		until: 'Sidste dag',
		untilHint: (p: { last: string }) =>
			`Bevaringen slutter, når dagen er gået. Skriv den som 31.12.2027. Senest ${p.last}, fem år frem.`,
		untilUnreadable: 'Skriv en dag, som findes, for eksempel 31.12.2027.',
		HOLD_END: (p: { last: string }) => `Vælg en dag efter i dag og senest ${p.last}.`,
		reason: 'Begrundelse',
		reasonHint:
			'Hvem der skal bruge hændelsen eller ikke længere skal, og i hvilken sag. 10 til 2000 tegn. Skriv intet om hændelsens indhold: begrundelsen gemmes og kan læses af administratorer.',
		REASON_LENGTH: (p: { n: number }) => `Skriv 10 til 2000 tegn. Der er ${p.n}.`,
		send: 'Foreslå',
		sending: 'Sender …',
	},
	// ---- on the page of the change
	placed: 'Hændelsen og loggen over anvendelser af den bliver stående ud over fristen.',
	lifted: 'Hændelsen bliver ikke længere bevaret: den bliver slettet, når dens frist er nået.',
	/** On the page of an incident. */
	holdThis: 'Foreslå at bevare hændelsen ud over slettefristen',
};
