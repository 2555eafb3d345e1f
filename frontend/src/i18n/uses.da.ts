/** Texts of the log of use in Danish. */
export const da = {
	title: 'Loggen over anvendelser',
	lead: 'Hvem der har set eller ændret hvad, hvornår og i hvilken funktion.',
	forbidden: 'Siden er for dem, der har fået til opgave at undersøge, hvordan oplysningerne bruges.',
	rules:
		'Loggen bruges kun til undersøgelser. Skriv sagens nummer: dit opslag bliver selv logget med det. Dine egne handlinger kan du ikke se, uanset hvilken konto du brugte; dem undersøger en anden, og beder du om dem, går en alarm.',
	mend: 'Ret dette først',
	fields: {
		case: {
			label: 'Sagens nummer',
			hint: 'Som den har i jeres eget sagssystem.',
			wrong: 'Skriv sagens nummer, højst 60 tegn.',
		},
		incident: {
			label: 'Hændelsens nummer',
			hint: 'For eksempel V-2026-00042. Lad feltet være tomt, hvis undersøgelsen ikke handler om én hændelse.',
			wrong: 'Skriv hændelsens nummer, for eksempel V-2026-00042.',
		},
		from: {
			label: 'Fra og med',
			hint: 'En dag, for eksempel 25.11.2026. Tomt: fra begyndelsen af loggen.',
			wrong: 'Skriv dagen som 25.11.2026.',
		},
		until: {
			label: 'Til og med',
			hint: 'En dag, for eksempel 25.11.2026. Tomt: til nu.',
			wrong: 'Skriv en dag som 25.11.2026, som ikke ligger før den første.',
		},
	},
	find: 'Find anvendelser',
	found: (p: { number: string }) => `Fundet i sag ${p.number}`,
	total: (p: { n: string }) => `${p.n} anvendelser, ældste først.`,
	failed: 'Anvendelserne kunne ikke hentes.',
	more: 'Vis flere',
	only: 'Kun denne person',
	onlyOf: (p: { name: string }) => `Vis kun anvendelser ved ${p.name}`,
	onlyBy: (p: { name: string }) => `Kun anvendelser ved ${p.name}.`,
	everybody: 'Vis alle igen',
	details: 'Detaljer',
	purposes: (p: { purposes: string }) => `Formål: ${p.purposes}`,
	shown: 'Svar, der blev vist:',
	place: (p: { place: string }) => `Plads i loggen: ${p.place}`,
	soon: 'gives inden for ti sekunder',
	request: (p: { id: string }) => `Anmodning: ${p.id}`,
	entry: 'Som det står i loggen:',
	files: {
		html: 'Hent som side til at læse og printe (HTML)',
		csv: 'Hent til regneark (CSV)',
		jsonl: 'Hent som bevis, der kan efterprøves med »varsel log verify« (JSONL)',
	},
};
