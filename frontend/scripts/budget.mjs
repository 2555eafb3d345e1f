/** Fails when the built pages are heavier than what was promised. Sizes in kB (1000 bytes), gzip -9. Run after `build`. */
import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const gzip = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000;
const sum = (files, size) => [...new Set(files)].reduce((total, file) => total + size(file), 0);

/** All chunks that load before a page shows: the entries and what they import statically. */
function initial(...entries) {
	const seen = new Set();
	const visit = (key) => {
		if (seen.has(key)) return;
		seen.add(key);
		for (const next of manifest[key].imports ?? []) visit(next);
	};
	entries.forEach(visit);
	return [...seen].map((key) => manifest[key].file);
}

const chunks = Object.entries(manifest);
const entry = 'index.html';
const route = (name) => `src/routes/${name}.tsx`;
const lazyRoutes = chunks.filter(([key, chunk]) => key.startsWith('src/routes/') && chunk.isDynamicEntry);
const locales = chunks.filter(([key]) => /^src\/i18n\/(da|en)\.ts$/.test(key));
const css = chunks.flatMap(([, chunk]) => chunk.css ?? []);
const fonts = [
	...new Set(chunks.flatMap(([, chunk]) => chunk.assets ?? []).filter((file) => file.endsWith('.woff2'))),
];
const danish = 'src/i18n/da.ts';

if (lazyRoutes.length === 0 || locales.length !== 2 || css.length === 0 || fonts.length === 0) {
	throw new Error('the manifest has not the parts that are to be measured');
}

const budgets = [
	['reporter, initial JS', sum(initial(entry, danish, route('ReportPage')), gzip), 135],
	['authority, initial JS', sum(initial(entry, danish, route('QueuePage')), gzip), 165],
	...lazyRoutes.map(([key, chunk]) => [`lazy route ${key}`, gzip(chunk.file), 25]),
	...locales.map(([key, chunk]) => [`texts ${key}`, gzip(chunk.file), 12]),
	['CSS', sum(css, gzip), 34],
	['fonts', sum(fonts, (file) => statSync(new URL(file, dist)).size / 1000), 55],
	['number of fonts', fonts.length, 3],
	['runtime dependencies', runtimeDependencies(), 12],
];

function runtimeDependencies() {
	const manifestOfPackage = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
	return Object.keys(manifestOfPackage.dependencies).length;
}

let broken = 0;
for (const [name, size, limit] of budgets) {
	const over = size > limit;
	if (over) broken += 1;
	process.stdout.write(`${over ? 'OVER' : 'ok  '} ${name}: ${size.toFixed(1)} of ${limit}\n`);
}
process.stdout.write(broken ? `${broken} budgets broken\n` : `all ${budgets.length} budgets kept\n`);
process.exitCode = broken ? 1 : 0;
