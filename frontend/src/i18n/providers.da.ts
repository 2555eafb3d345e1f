/** Tekster om de login-udbydere, som der kan logges ind gennem. */
export const da = {
	title: 'Login-udbydere',
	lead: 'En login-udbyder afgør, hvem folk er. Derfor godkender to administratorer hver udbyder med præcis de indstillinger, den har i konfigurationen. En ny eller ændret udbyder åbner intet, før det er sket; de øvrige virker imens.',
	forbidden: 'Siden er for administratorer og sikkerhedsansvarlige.',
	failed: 'Udbyderne kunne ikke hentes.',
	none: 'Konfigurationen har ingen login-udbydere. De tilføjes af driften under identity.providers.',
	trusted: 'Godkendt',
	waits: 'Venter på godkendelse',
	since: 'Siden',
	seeChange: 'Se godkendelsen',
	byTwo: 'Godkendt af to administratorer.',
	fromStart: 'Var der fra begyndelsen eller er godkendt fra kommandolinjen.',
	name: 'Navn',
	issuer: 'Adresse (issuer)',
	settings: 'Indstillinger',
	empty: 'ikke sat',
	propose: (p: { name: string }) => `Foreslå at godkende ${p.name}`,
	reasonHint:
		'Hvorfor udbyderen er ny eller ændret. 10 til 2000 tegn. Den gemmes, og administratorer kan læse den.',
};
