/** Texts of log entries that are kept beyond their deadline, in Danish. */
export const da = {
	// ---- what is kept
	title: 'Logposter, der bevares ud over fristen',
	text: 'Det, som loggen fortæller om en persons handlinger i en periode, kan bevares ud over de seks måneder, når en sag kræver det. Ingen post bliver ældre end fem år. Én administrator foreslår det fra personens side under Adgang, en anden godkender.',
	none: 'Ingen logposter er bevaret ud over fristen.',
	whose: 'Hvis handlinger',
	period: 'Periode',
	days: (p: { first: string; last: string }) =>
		p.first === p.last ? p.first : `${p.first} til og med ${p.last}`,
	moments: (p: { from: string; to: string }) => `fra ${p.from} til ${p.to}`,
	until: 'Bevares til og med',
	seeChangeOf: (p: { person: string; name: string }) =>
		`${p.name}: se godkendelsen for logposterne om, hvad ${p.person} har gjort`,
	release: 'Foreslå at ophæve',
	releaseOf: (p: { person: string }) =>
		`Foreslå at ophæve bevaringen af logposterne om, hvad ${p.person} har gjort`,
	undecided: 'Logposter bevares, uden at to har besluttet det',
	undecidedText: (p: { people: string }) =>
		`Ingen ændring står bag posterne om, hvad ${p.people} har gjort. Kontakt dem, der driver Varsel: det skal undersøges.`,
	findPerson: 'Find personen under Adgang',
	// ---- proposing
	nobody: 'Her mangler en person.',
	nobodyText: 'Find personen under Adgang. På personens side kan du foreslå at bevare logposterne.',
	notFound: 'Personen findes ikke.',
	notFoundText: 'Find personen under Adgang.',
	failed: 'Personens navn kunne ikke hentes.',
	own: 'Det er dine egne handlinger.',
	ownText: 'Andre administratorer skal foreslå og godkende det.',
	form: {
		keepTitle: 'Foreslå at bevare logposter',
		keepLead:
			'Det, som loggen fortæller om personens handlinger i perioden, bliver stående til den dag, du vælger. En anden administrator skal læse forslaget og godkende det. Ingen af jer må være personen selv.',
		releaseTitle: 'Foreslå at ophæve bevaringen af logposter',
		releaseLead:
			'Det gælder alt, hvad der er bevaret om personens handlinger. Posterne bliver slettet, når deres frist på seks måneder er nået; er den det allerede, så ved næste sletning. En anden administrator skal læse forslaget og godkende det.',
		first: 'Periodens første dag',
		firstHint: 'I dag eller tidligere. Skriv den som 1.11.2026.',
		firstUnreadable: 'Skriv en dag, som findes, for eksempel 1.11.2026.',
		firstAhead: 'Vælg i dag eller en tidligere dag.',
		firstTooOld: 'Vælg en senere dag: logposter må højst blive fem år gamle.',
		last: 'Periodens sidste dag',
		lastHint: 'Dagen er med. Den må ligge efter i dag: så bevares også det, som personen gør frem til den.',
		lastUnreadable: 'Skriv en dag, som findes, for eksempel 30.11.2026.',
		lastBeforeFirst: 'Vælg periodens første dag eller en senere.',
		until: 'Bevares til og med',
		untilHint: 'Senest fem år efter periodens første dag. Skriv den som 31.12.2027.',
		untilHintOf: (p: { last: string }) =>
			`Senest ${p.last}: fem år efter periodens første dag. Skriv den som 31.12.2027.`,
		untilUnreadable: 'Skriv en dag, som findes, for eksempel 31.12.2027.',
		untilPast: 'Vælg en dag efter i dag.',
		untilBeforeLast: 'Vælg periodens sidste dag eller en senere.',
		untilTooLate: (p: { last: string }) => `Vælg ${p.last} eller en tidligere dag.`,
		KEEP_END:
			'Vælg en dag efter i dag, ikke før periodens sidste dag og senest fem år efter dens første dag.',
		reasonHint:
			'Hvem der skal bruge logposterne eller ikke længere skal, og i hvilken sag. 10 til 2000 tegn. Skriv intet om, hvad posterne fortæller: begrundelsen gemmes og kan læses af administratorer og sikkerhedsansvarlige.',
	},
	// ---- on the page of the change
	kept: 'Logposterne om, hvad personen gjorde i perioden, bliver stående ud over fristen på seks måneder.',
	released:
		'Logposterne om, hvad personen har gjort, bliver ikke længere bevaret: de bliver slettet, når deres frist på seks måneder er nået.',
};
