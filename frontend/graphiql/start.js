// Starts GraphiQL on this server's endpoint; it sends the session's cookie, so it sees what the signed-in person may see.
const EXAMPLE = `# Which laws apply, who must be told, and by when? Try it without signing in.
query Assess($facts: JSON!) {
  assess(facts: $facts) {
    regimes { id applies triggered because { text { en } cite } }
    obligations { regime stage target due recipients { name { en } } }
    routes { unit { name { en } } part }
  }
}`;

const VARIABLES = {
	facts: {
		'service.sectors': ['energy.electricity'],
		'org.energy_level': 4,
		'incident.kind': 'ransomware',
		'incident.aware_at': '2026-11-24T22:15:00+01:00',
		'incident.cyber': true,
		'impact.serious_disruption': true,
	},
};

// By script, because the page's policy allows no style in its markup.
const place = document.getElementById('graphiql');
place.style.height = '100vh';
document.body.style.margin = '0';

const { createElement } = window.React;
const fetcher = window.GraphiQL.createFetcher({ url: '/graphql' });
const root = window.ReactDOM.createRoot(place);
root.render(
	createElement(window.GraphiQL, {
		fetcher,
		defaultQuery: EXAMPLE,
		variables: JSON.stringify(VARIABLES, null, 2),
	}),
);
