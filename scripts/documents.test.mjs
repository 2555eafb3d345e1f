// The documents keep their word: links lead somewhere, paths exist, examples are accepted by what they are examples for.
// Needs the frontend's packages (for GraphQL) and VARSEL_BIN.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const FOLDERS = /^(backend|migrations|frontend|e2e|schema|scripts|helm|docs)\//;
// <name>, {a,b}, *, YYYY..., CASE: places for the reader to fill in.
const PLACEHOLDER = /[<>{}*]|YYYY|\bCASE\b/;

const files = execFileSync('git', ['ls-files', '-z', '*.md', ':!backend/packs']).toString().split('\0').filter(Boolean);
const documents = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
const blocks = (text, language) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1]);

for (const { name, text } of documents) {
  test(`${name}: links and paths`, () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map((match) => match[1]);
    const relative = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(name), link));
    const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]);
    const paths = quoted.filter((path) => FOLDERS.test(path) && !PLACEHOLDER.test(path));
    assert.deepEqual([...relative, ...paths].filter((path) => !existsSync(path)), []);
  });

  test(`${name}: make targets`, () => {
    const makefile = readFileSync('Makefile', 'utf8');
    const targets = [...text.matchAll(/`(?:[A-Z]+=\S+ )?make ([a-z]+)/g)].map((match) => match[1]);
    assert.deepEqual(targets.filter((target) => !new RegExp(`^${target}:`, 'm').test(makefile)), []);
  });
}

test('GraphQL examples fit the schema', async () => {
  const { buildSchema, parse, validate } = await import('../frontend/node_modules/graphql/index.mjs');
  const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
  const inShell = documents.flatMap(({ text }) => [...text.matchAll(/"((?:query|mutation)[ (][^"]+)"/g)].map((match) => match[1]));
  const examples = [...documents.flatMap(({ text }) => blocks(text, 'graphql')), ...inShell];
  assert.ok(examples.length >= 3, `only ${examples.length} examples found`);
  assert.deepEqual(examples.flatMap((example) => validate(schema, parse(example)).map(String)), []);
});

/** What `varsel assess` says of the facts in `text`; fails where it refuses them. */
function assess(text) {
  const { status, stdout, stderr } = spawnSync(process.env.VARSEL_BIN, ['assess', '--facts', '-'], { input: text, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

test('facts in the documents are accepted', () => {
  const examples = documents.flatMap(({ text }) => [...blocks(text, 'json'), ...blocks(text, 'yaml')]);
  const facts = examples.filter((example) => example.includes('incident.kind'));
  assert.ok(facts.length >= 2, `only ${facts.length} examples found`);
  facts.forEach(assess);
});

test('the example report can be filed as it is', () => {
  assert.match(assess(readFileSync('docs/examples/ransomware.yaml', 'utf8')), /nothing is missing/);
});
