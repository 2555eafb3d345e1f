/** Texts about the severity of an incident in Danish. */
export const da = {
	title: 'Alvor',
	proposed: 'Foreslået, ikke bekræftet',
	outdatedMark: 'Forslaget er ændret',
	confirmedMark: 'Bekræftet',
	notConfirmed: 'Foreslået af reglerne. Ingen myndighed har bekræftet det endnu.',
	confirmed: (p: { who: string; when: string }) => `Bekræftet af ${p.who} ${p.when}.`,
	set: (p: { who: string; when: string; proposed: string }) =>
		`Sat af ${p.who} ${p.when}. Foreslået var ${p.proposed}.`,
	person: (p: { name: string; unit: string }) => `${p.name}, ${p.unit}`,
	lead: 'den enhed, der koordinerer,',
	because: (p: { why: string }) => `Begrundelse: ${p.why}`,
	outdated: (p: { proposed: string }) => `Forslaget er ændret siden: nu foreslås ${p.proposed}`,
	outdatedText: 'Det bekræftede niveau gælder, til den enhed, der koordinerer, bekræfter igen.',
	why: (p: { proposed: string }) => `Derfor foreslås ${p.proposed}`,
	whyHidden: 'Grundene bygger på oplysninger, som jeres enhed ikke ser.',
	history: 'Tidligere bekræftelser',
	confirm: (p: { level: string }) => `Bekræft: ${p.level}`,
	confirming: 'Gemmer …',
	other: 'Vælg et andet niveau',
	level: 'Niveau',
	levelNone: 'Vælg et niveau.',
	isProposed: 'Foreslået',
	reason: 'Begrundelse',
	reasonHint:
		'10 til 2000 tegn. Kan undværes, når niveauet er det foreslåede, og ingen har sat et andet. Kun de enheder, der koordinerer, ser den. Skriv ikke CPR-numre.',
	reasonLength: (p: { n: number }) =>
		`Skriv begrundelsen med 10 til 2000 tegn, når niveauet er et andet end det, der er foreslået eller sat; den har ${p.n}.`,
	reasonLong: (p: { n: number }) => `Begrundelsen må have højst 2000 tegn; den har ${p.n}.`,
	save: 'Gem niveauet',
	fix: 'Ret dette, før du gemmer niveauet',
	conflict: 'Niveauet blev ikke gemt: noget er ændret imens',
	conflictText: 'Se på det igen, og gem, hvis du stadig mener det. Det, du har skrevet, står her endnu.',
	refused: 'Niveauet blev ikke gemt',
	notSent:
		'Varsel svarede ikke, så det vides ikke, om niveauet blev gemt. Prøv igen: Intet bliver overskrevet, og hvis det blev gemt, ser du, hvad der står.',
	done: (p: { level: string }) => `Alvoren er bekræftet: ${p.level}.`,
};
