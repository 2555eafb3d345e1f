// asvs.mjs: what docs/asvs.csv claims, held to the source. `faults` is tried by scripts/test/asvs.test.mjs.
import { existsSync, readFileSync } from 'node:fs';

export const HEAD = ['id', 'level', 'requirement', 'status', 'evidence'];
const STATUSES = ['covered', 'not applicable'];

/** The items of OWASP's standard (ASVS 5.0.0) that were chosen for what is kept here: none may be left out, and more may be added. */
export const CHOSEN = `
  V1.2.4 V1.2.10 V1.3.5 V1.3.6 V1.3.7 V1.3.11 V1.3.12 V1.5.1 V1.5.3 V2.2.2 V2.3.1 V2.3.3 V2.3.5 V2.4.1 V3.2.1
  V3.3.1 V3.3.3 V3.3.4 V3.4.1 V3.4.3 V3.4.6 V3.4.7 V3.4.8 V3.5.1 V3.5.2 V3.5.3 V3.5.8 V4.1.3 V4.2.1 V4.3.1
  V4.3.2 V4.4.2 V5.2.1 V5.2.2 V5.2.3 V5.2.4 V5.3.2 V5.4.3 V6.1.1 V6.2.10 V6.2.12 V6.3.3 V6.3.5 V6.3.8 V6.4.6
  V6.5.1 V6.8.1 V6.8.4 V7.2.3 V7.2.4 V7.3.1 V7.3.2 V7.4.2 V7.4.5 V7.5.3 V8.2.2 V8.2.3 V8.3.2 V8.4.1 V9.1.2
  V9.1.3 V9.2.2 V9.2.3 V10.2.2 V10.5.1 V10.5.5 V11.1.1 V11.2.2 V11.3.4 V11.4.2 V12.1.2 V12.3.1 V13.2.4 V13.3.1
  V14.2.6 V14.2.7 V14.3.2 V15.2.4 V15.3.3 V15.4.2 V16.2.5 V16.3.2 V16.4.1 V16.4.2 V16.4.3 V16.5.3 V16.5.4
`.trim().split(/\s+/);

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

/** What is wrong with the list, which must have the items `chosen`. `read` gives the text of a file, or undefined where there is none. */
export function faults(text, read, chosen) {
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
    else if (status === 'covered') faults.push(...missing(id, evidence, read));
  }
  for (const id of chosen) if (!seen.has(id)) faults.push(`${id}: is not in the list`);
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
