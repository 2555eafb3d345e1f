import type { Facts } from '@/features/report/answers';
import { blankAssessment, duty, fact, option, route, words } from './fixtures';
import { fakeServer, type Root } from './server';

/** A small catalogue with every kind of question that the tests of the report need. */
const facts = [
	fact('incident.kind', 'ENUM', {
		label: words('Hvad ligner det?'),
		options: [option('ransomware'), option('ddos')],
	}),
	fact('description', 'TEXT', { label: words('Fortæl kort'), multiline: true }),
	fact('incident.aware_at', 'INSTANT', {
		label: words('Hvornår opdagede I det?'),
		group: 'when',
		groupLabel: words('Hvornår?'),
	}),
	fact('personal_data.involved', 'BOOL', {
		label: words('Er personoplysninger ramt?'),
		group: 'personal_data',
		groupLabel: words('Personoplysninger'),
	}),
	fact('personal_data.risk', 'ENUM', {
		label: words('Hvor stor er risikoen?'),
		group: 'personal_data',
		groupLabel: words('Personoplysninger'),
		options: [option('risk'), option('high')],
	}),
	fact('impact.users_affected', 'INTEGER', {
		label: words('Hvor mange brugere?'),
		group: 'impact',
		groupLabel: words('Konsekvenser'),
	}),
	fact('org.employees', 'INTEGER', {
		label: words('Antal ansatte'),
		group: 'organisation',
		groupLabel: words('Organisationen'),
	}),
];

const byId = new Map(facts.map((each) => [each.id, each]));
const ask = (id: string, need = 'REQUIRED') => ({ fact: byId.get(id), for: ['nis2_dk/early_warning'], need });

/** What a tiny rule pack says: personal data bring GDPR and one more question. */
export function assess(given: Facts) {
	const personal = given['personal_data.involved'];
	const questions = [
		ask('incident.kind'),
		ask('description'),
		ask('incident.aware_at'),
		ask('personal_data.involved', 'DECIDES'),
		ask('impact.users_affected', 'OPTIONAL'),
		...(personal === true ? [ask('personal_data.risk')] : []),
	];
	const description = typeof given.description === 'string' ? given.description : '';
	return {
		...blankAssessment,
		questions,
		missing: questions.filter(({ need, fact: each }) => need !== 'OPTIONAL' && each && !(each.id in given)),
		regimes: [
			{
				id: 'gdpr_33',
				name: words('Databeskyttelsesforordningen'),
				applies: 'YES',
				triggered: personal === true ? 'YES' : personal === false ? 'NO' : 'CANNOT_TELL',
				because: [{ text: words('I er dataansvarlige.'), cite: 'GDPR art. 33(1)', facts: [] }],
				needToKnow: personal === undefined ? ['personal_data.involved'] : [],
			},
		],
		obligations: personal === true ? [duty({ regime: 'gdpr_33', stageName: words('Anmeldelse') })] : [],
		routes: personal === true ? [route('Datatilsynet')] : [],
		problems: description.includes('fremtid')
			? [{ fact: 'description', code: 'X', message: words('Det ligger i fremtiden.'), suggestion: null }]
			: [],
		warnings: description.includes('010190')
			? [
					{
						fact: 'description',
						code: 'CPR_NUMBER',
						message: words('Ligner et CPR-nummer.'),
						mustConfirm: true,
					},
				]
			: [],
	};
}

/** A reporter whose organisation is registered. */
export const reporter = {
	id: 'p1',
	name: 'Mette Holm',
	role: 'REPORTER',
	functions: ['READ', 'INPUT'],
	organisation: {
		id: 'o1',
		name: 'Nordvind Energi',
		cvr: '12345674',
		registeredFacts: { 'org.employees': 420 },
	},
};

/** A double of the server with the small catalogue. */
export const reportServer = (root: Root = {}) =>
	fakeServer({
		me: null,
		pack: { id: 'dk', version: '2026.1', facts, units: [] },
		assess: ({ facts: given }: { facts: Facts }) => assess(given),
		...root,
	});
