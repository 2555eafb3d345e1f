/** Texts of the report for the supervising authority in Danish. */
export const da = {
	title: 'Rapport til tilsynsmyndigheden',
	lead: 'Rapporten viser, hvem der er autoriseret, hvad der er gennemgået, afvist, logget, slettet og besluttet af to, og hvad der kræver handling.',
	forbidden: 'Siden er for administratorer og sikkerhedsansvarlige.',
	rules:
		'Rapporten nævner personer og deres rettigheder, men intet om hændelsers indhold. At du henter den, bliver registreret i loggen over anvendelser.',
	fix: 'Ret dette først',
	since: 'Fra og med',
	sinceHint: 'En dag, for eksempel 1.1.2026. Tomt: seks måneder før slutningen.',
	until: 'Til og med',
	untilHint: 'En dag, for eksempel 30.6.2026. Tomt eller i dag: til nu.',
	noDay: 'Skriv en dag, som findes, for eksempel 30.6.2026.',
	future: 'Perioden kan ikke slutte i fremtiden. Vælg en dag, der er forbi, eller lad feltet være tomt.',
	backwards: 'Perioden skal begynde, før den slutter. Vælg en tidligere dag.',
	forms: {
		html: 'Hent til læsning og print (HTML)',
		json: 'Hent til programmer (JSON)',
		txt: 'Hent som tekst, med underskriften sidst',
	},
	making: 'Rapporten laves …',
	made: (p: { name: string }) => `Rapporten er hentet: ${p.name}`,
	signature: (p: { name: string }) => `Gem underskriften (${p.name})`,
	signed:
		'Rapporten er underskrevet med loggens nøgle. Gem underskriften i samme mappe: uden den kan ingen se, om rapporten er ændret.',
	signedInside: 'Rapporten er underskrevet med loggens nøgle. Underskriften står sidst i filen.',
	verify: 'Sådan efterprøves den, uden server og netværk. Nøglen får I hos dem, der driver Varsel:',
	again: 'Gem rapporten igen',
	failures: {
		notYours: 'Du har ikke længere adgang til rapporten. Kontakt en administrator.',
		other: 'Rapporten kunne ikke hentes. Prøv igen om lidt.',
	},
};
