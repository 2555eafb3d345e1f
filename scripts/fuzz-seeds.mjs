// fuzz-seeds.mjs: what the fuzz targets begin with, made of what the product has: the pages' operations, the incidents that are
// replayed, the Danish pack; and the words of each as a dictionary. Writes fuzz/seeds/<target>/ and fuzz/seeds/<target>.dict.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const pack = 'backend/packs/dk';
const seeds = join(root, 'fuzz/seeds');
rmSync(seeds, { recursive: true, force: true });

/** Writes the seeds of a target, and its dictionary: what stands between quotation marks is one word to libFuzzer. */
function plant(target, texts, words) {
  mkdirSync(join(seeds, target), { recursive: true });
  texts.forEach((text, number) => writeFileSync(join(seeds, target, String(number)), text));
  const quoted = [...new Set(words)].map((word) => JSON.stringify(word).replaceAll('\\n', '\\x0A'));
  writeFileSync(join(seeds, `${target}.dict`), `${quoted.join('\n')}\n`);
}

const matches = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1]);

const schema = read('schema/schema.graphql');
const punctuation = ['{', '}', '(', ')', '[', ']', ':', '...', '$', '@', '=', '!', '|', '&', '"', '"""', '#', '\n', ','];
const keywords = ['query', 'mutation', 'subscription', 'fragment', ' on ', '__typename', '__schema', '@skip(if: true)', '-1.5e9'];
plant(
  'gate',
  Object.values(JSON.parse(read('schema/operations.json'))),
  [...punctuation, ...keywords, ...matches(schema, /\b([A-Za-z]\w{2,})\b/g)],
);

const catalogue = read(`${pack}/catalogue.yaml`);
const facts = matches(catalogue, /- \{id: ([\w.]+)/g);
const options = matches(catalogue, /\{id: (\w+), label/g);
const replayed = 'backend/rules/tests/replay';
const versions = readdirSync(join(root, replayed), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const incidents = versions.flatMap(({ name }) =>
  readdirSync(join(root, replayed, name))
    .filter((file) => file.endsWith('.json') && !file.endsWith('.assessment.json'))
    .map((file) => JSON.parse(read(`${replayed}/${name}/${file}`)).facts)
    .filter(Boolean),
);
plant('facts', incidents.map((it) => JSON.stringify(it)), [...facts, ...options, 'unknown', 'true', 'false', 'null', '2026-03-06T15:20:00+01:00']);

const tests = ['fact', 'term', 'all', 'any', 'not', 'least', 'of', 'is', 'one_of', 'includes', 'includes_any', 'count_at_least', 'is_known'];
const comparisons = ['at_least', 'more_than', 'at_most', 'less_than', 'not_before', 'since', 'percent', 'smallest_of', 'cite', 'always'];
const terms = matches(read(`${pack}/terms.yaml`), /- id: (\w+)/g);
const words = [...tests, ...comparisons, ...terms, ...facts, '- ', ': ', '{', '}', '[', ']', '&a', '*a', '\n  '];
const regimes = readdirSync(join(root, pack, 'regimes')).map((file) => read(`${pack}/regimes/${file}`));
const triggers = regimes.flatMap((text) => matches(text, /\ntriggered:\n((?: .*\n|\n)+)/g));
plant('conditions', triggers.map((text) => text.replaceAll(/^ {2}/gm, '')), words);

// The first byte says which file: the list is that of fuzz_targets/pack.rs.
const fuzzed = matches(read('fuzz/fuzz_targets/pack.rs'), /^ {4}"([\w./]+)",$/gm);
plant('pack', fuzzed.map((file, which) => String.fromCharCode(which) + read(`${pack}/${file}`)), [...words, '{{', '}}', '{{#if ', '{{else}}', '{{/if}}']);
