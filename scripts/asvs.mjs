// asvs.mjs: what docs/asvs.csv claims, held to the source. `faults` is tried by scripts/test/asvs.test.mjs.
import { existsSync, readFileSync } from 'node:fs';

export const HEAD = ['id', 'level', 'requirement', 'status', 'evidence'];
const STATUSES = ['covered', 'open', 'not applicable'];

/** The rows of a CSV text, each a list of fields; quotes are doubled within quotes. */
export function rows(text) {
  const rows = [];
  for (const line of text.trimEnd().split('\n')) {
    const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)];
    rows.push(fields.map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"'))));
  }
  return rows;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether `source` of the file has a test of this name, and not only a mention of it. */
export function hasTest(file, source, name) {
  const spaced = escaped(name);
  if (file.endsWith('.rs')) {
    const attribute = String.raw`#\[(?:tokio::)?test(?:\([^)]*\))?\]\s*(?:#\[[^\]]*\]\s*)*(?:async\s+)?fn\s+${spaced}\s*\(`;
    // Inside proptest!, where the attribute stands alike and arguments follow.
    return new RegExp(attribute).test(source);
  }
  return new RegExp(String.raw`^\s*(?:test|base|it)\(\s*(["'\`])${spaced}(?: @\w+)*\1`, 'm').test(source);
}

/** What is wrong with the list. `read` gives the text of a file, or undefined where there is none. */
export function faults(text, read) {
  const [head, ...items] = rows(text);
  const faults = [];
  if (head.join() !== HEAD.join()) faults.push(`the first line must be ${HEAD.join()}`);
  const seen = new Set();
  for (const item of items) {
    const [id, level, requirement, status, evidence] = item;
    const fault = (what) => faults.push(`${id}: ${what}`);
    if (item.length !== HEAD.length) fault(`${item.length} fields instead of ${HEAD.length}`);
    if (!/^V\d+\.\d+\.\d+$/.test(id)) fault('no id of an item');
    if (seen.has(id)) fault('is listed twice');
    seen.add(id);
    if (!['1', '2', '3'].includes(level)) fault(`level ${level}`);
    if (!requirement) fault('does not say what it demands');
    if (!STATUSES.includes(status)) fault(`status ${status}; use ${STATUSES.join(', ')}`);
    if (!evidence) fault('has no evidence');
    else if (status === 'open' && !/^issue \d+: ./.test(evidence)) fault('is open: say "issue <number>: <what is missing>"');
    else if (status === 'covered') faults.push(...missing(id, evidence, read));
  }
  return faults;
}

function missing(id, evidence, read) {
  return evidence.split('; ').flatMap((one) => {
    const [, file, name] = one.match(/^(\S+\.(?:rs|ts|mjs)): (.+)$/) ?? [];
    if (!file) return [`${id}: "${one}" is not "file: name of a test"`];
    const source = read(file);
    if (source === undefined) return [`${id}: ${file} is not there`];
    return hasTest(file, source, name) ? [] : [`${id}: ${file} has no test "${name}"`];
  });
}

export const fromDisk = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
