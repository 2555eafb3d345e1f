import { blankAssessment, fact, option, words } from './fixtures';
import { fakeServer, type Root } from './server';

/** A version of the rules, as every page of it shows it. */
export const versionHead = (version: string, status: string, inForceFrom: string | null = null) => ({
	version,
	name: words(`Danmark ${version}`),
	status,
	contentSha256: 'cd'.repeat(32),
	receivedAt: '2026-11-01T10:00:00Z',
	inForceFrom,
	change: null,
	comparison: null,
});

const csirt = {
	id: 'csirt',
	kind: 'CSIRT',
	name: words('Cybercentret'),
	phone: '+45 3332 5580',
	email: 'x@example.dk',
	url: 'https://cyber.example.dk/kontakt',
	hours: words('Døgnet rundt'),
	sources: [{ name: 'LOV 434/2025 par. 12', url: 'https://example.dk/lov434' }],
	confidence: 'primary',
};

/** A tiny pack with one of everything. */
export const content = {
	id: 'dk',
	version: '2026.1',
	name: words('Danmark'),
	facts: [
		fact('personal_data.involved', 'BOOL', { label: words('Er personoplysninger ramt?') }),
		fact('impact.users_affected', 'INTEGER', { label: words('Hvor mange brugere?') }),
		fact('incident.aware_at', 'INSTANT', { label: words('Hvornår opdaget?') }),
		fact('incident.kind', 'ENUM', { label: words('Hvad ligner det?'), options: [option('ddos')] }),
	],
	units: [csirt],
	regimes: [
		{
			id: 'gdpr_33',
			name: words('Databeskyttelse'),
			legalBasis: [{ cite: 'GDPR art. 33', url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj' }],
			confidence: 'DERIVED',
			explanation: {
				da: '<h2>Gælder</h2><p>Når <strong>personoplysninger</strong> er ramt &amp; tabt.</p><script>alert(1)</script>',
				en: '<p>When personal data are hit.</p>',
			},
			stages: [
				{
					id: 'notification',
					name: words('Anmeldelse'),
					clock: words('72 timer efter opdagelsen'),
					recipients: ['csirt', 'data_subjects'],
					cite: 'GDPR art. 33(1)',
					confidence: 'secondary',
				},
			],
		},
	],
	sectors: [
		{
			id: 'energy',
			name: words('Energi'),
			subsectors: [
				{
					id: 'energy.gas',
					name: words('Gas'),
					unit: null,
					authority: [csirt],
					regimes: ['gdpr_33', 'unknown_regime'],
					sources: [
						{ name: 'BEK 620/2025', url: 'https://example.dk/bek620' },
						{ name: 'sn.dk', url: null },
					],
					confidence: 'general-knowledge',
				},
			],
		},
	],
	routes: [
		{
			role: words('Cybercenter'),
			basis: words('Modtager alt.'),
			units: [csirt],
			cite: 'NIS2 art. 23',
			confidence: 'official',
		},
	],
	playbooks: [
		{
			id: 'ddos',
			version: 3,
			title: words('Overbelastningsangreb'),
			askFirst: [words('Er det stadig i gang?')],
			worseIf: [words('nødtjenester er ramt')],
			steps: [
				{
					id: 'ddos-1',
					phase: 'immediate',
					phaseName: words('Straks'),
					who: words('IT-drift'),
					when: words('nu'),
					dont: true,
					regime: 'gdpr_33',
					confidence: 'official',
					sources: [{ name: 'Rådgivning', url: 'https://example.dk/raad' }],
					html: words('<p>Sluk ikke for logningen.</p>'),
				},
			],
		},
	],
};

type Facts = Record<string, unknown>;

/** Version 2026.2 also knows severity by users. */
const assess = ({ facts, packVersion }: { facts: Facts; packVersion?: string }) => {
	const personal = facts['personal_data.involved'];
	const users = Number(facts['impact.users_affected'] ?? 0);
	return {
		...blankAssessment,
		packVersion: packVersion ?? '2026.1',
		regimes: [
			{
				id: 'gdpr_33',
				name: words('Databeskyttelse'),
				applies: 'YES',
				triggered: personal === true ? 'YES' : personal === false ? 'NO' : 'CANNOT_TELL',
				because: [{ text: words('Personoplysninger er ramt.'), cite: 'GDPR art. 33(1)', facts: [] }],
				needToKnow: [],
			},
		],
		severity:
			packVersion === '2026.2' && users > 100
				? { level: 4, name: words('Meget alvorlig'), because: [] }
				: blankAssessment.severity,
		questions: [{ fact: content.facts[0], for: [], need: 'DECIDES' }],
		problems:
			'no.such_fact' in facts
				? [{ fact: 'no.such_fact', code: 'UNKNOWN_FACT', message: words('Findes ikke.'), suggestion: null }]
				: [],
	};
};

/** The versions that the double of the server knows. */
export const versions = [
	versionHead('2027.draft', 'DRAFT'),
	versionHead('2026.2', 'SCHEDULED', '2026-12-01T00:00:00+01:00'),
	versionHead('2026.1', 'IN_FORCE', '2026-01-01T00:00:00+01:00'),
];

/** A double of the server with three versions of the tiny pack. */
export const lawServer = (root: Root = {}) =>
	fakeServer({
		me: null,
		packVersions: versions,
		packVersion: ({ version }: { version: string }) => {
			const head = versions.find((each) => each.version === version);
			return head ? { ...head, content } : null;
		},
		assess,
		...root,
	});
