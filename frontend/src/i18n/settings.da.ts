/** Tekster om de indstillinger, som to skal tage i brug. */
export const da = {
	title: 'Kritiske indstillinger',
	lead: 'Hvor længe oplysninger gemmes, og hvem der holder øje med loggen, må ingen afgøre alene. Derfor gælder disse indstillinger, som to administratorer har taget dem i brug. Ændrer driften konfigurationen, gælder det gamle, indtil to har godkendt det nye.',
	forbidden: 'Siden er for administratorer og sikkerhedsansvarlige.',
	failed: 'Indstillingerne kunne ikke hentes.',
	holds: 'Gælder',
	waits: 'Venter på godkendelse',
	waitsText:
		'Konfigurationen siger noget andet end det, der gælder. Det nye står efter “i stedet”. Det gælder først, når to administratorer har godkendt det.',
	since: 'Siden',
	seeChange: 'Se godkendelsen',
	byTwo: 'Godkendt af to administratorer.',
	fromStart: 'Var der fra begyndelsen.',
	instead: 'I stedet:',
	// ---- on the page of the change
	becomingText:
		'Det, der gælder nu, står før pilen; det, der kommer til at gælde, står efter den. Intet bliver ændret, før forslaget er godkendt.',
	becomes: 'bliver til',
	unchanged: 'uændret',
	takenAway: 'fjernes',
	nowFailed: 'Det, der gælder nu, kunne ikke hentes. Her står kun det, der er foreslået.',
	// ---- the settings
	none: 'ingen',
	absent: 'ikke sat',
	witness: (p: { name: string }) => `Vidnet ${p.name}`,
	names: {
		incident_months: 'Måneder, en hændelse gemmes',
		proposal_months: 'Måneder, et forslag, der ikke blev til noget, gemmes',
		review_months: 'Måneder, en afsluttet gennemgang gemmes',
		sign_in_days: 'Dage, afsluttede sessioner og links gemmes',
		job_days: 'Dage, udførte opgaver gemmes',
		require_separation: 'Serveren må kun køre, hvis den ikke kan ændre loggen',
		checkpoint_mailboxes: 'Postkasser, der får loggens kontrolpunkt hver dag',
	},
	values: { true: 'ja', false: 'nej' },
	propose: {
		RETENTION: 'Foreslå at tage slettefristerne i brug',
		USE_LOG: 'Foreslå at tage indstillingerne for loggen i brug',
	},
	reasonHint:
		'Hvorfor indstillingerne er ændret. 10 til 2000 tegn. Den gemmes, og administratorer kan læse den.',
};
