// GraphiQL for the demo, whole and from this origin: its bundle wants the React 18 that it was made with.
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}dist/graphiql`;
const files = {
	'react.js': 'node_modules/react-18/umd/react.production.min.js',
	'react-dom.js': 'node_modules/react-dom-18/umd/react-dom.production.min.js',
	'graphiql.js': 'node_modules/graphiql/graphiql.min.js',
	'graphiql.css': 'node_modules/graphiql/graphiql.min.css',
	'start.js': 'graphiql/start.js',
	'index.html': 'graphiql/index.html',
};

mkdirSync(target, { recursive: true });
for (const [name, source] of Object.entries(files)) copyFileSync(root + source, `${target}/${name}`);
