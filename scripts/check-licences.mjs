// check-licences.mjs: holds every crate and every shipped npm package to deny.toml: its licences, its bans, one source.
// The same rules as `cargo deny check bans licenses sources`, without building that tool for minutes on each new machine.
// --list prints what they are, with version and licence.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { satisfies } from './spdx.mjs';


const deny = readFileSync('deny.toml', 'utf8').replace(/^\s*#.*$/gm, '');
const section = (name) => deny.split(/^\[/m).find((part) => part.startsWith(`${name}]`)) ?? '';
const strings = (text) => [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
const allowed = new Set(strings(section('licenses').match(/^allow = \[([^\]]*)\]/m)?.[1] ?? ''));
const banned = new Set([...section('bans').matchAll(/\{ *(?:crate|name) = "([^"]+)"/g)].map((match) => match[1]));
if (allowed.size === 0 || banned.size === 0) throw new Error('deny.toml has no allow list or no bans');

const faults = [];
const shipped = []; // name, version and licence of each, for --list

function checkCrates() {
  const options = { maxBuffer: 256 * 1024 * 1024 };
  // Only what is built for this kind of machine: the rest is neither shipped nor, on a new machine, downloaded.
  const host = execFileSync('rustc', ['-vV']).toString().match(/^host: (.+)$/m)[1];
  const filter = ['metadata', '--format-version', '1', '--locked', '--filter-platform', host];
  const metadata = JSON.parse(execFileSync('cargo', filter, options));
  const used = new Set(metadata.resolve.nodes.map((node) => node.id));
  const crates = metadata.packages.filter((crate) => used.has(crate.id));
  for (const crate of crates) {
    const name = `${crate.name} ${crate.version}`;
    if (crate.source !== null) shipped.push(`${name}\t${crate.license}`);
    if (banned.has(crate.name)) faults.push(`${name} is banned in deny.toml`);
    // Ours have no source, published ones come from the registry; anything else (git, another index) is refused.
    if (crate.source !== null && !crate.source.startsWith('registry+')) faults.push(`${name} comes from ${crate.source}`);
    if (!crate.license) faults.push(`${name} states no licence`);
    else if (!satisfies(crate.license, allowed)) faults.push(`${name} has the licence ${crate.license}`);
  }
  return crates.length;
}

function checkPackages(lockFile) {
  if (!existsSync(lockFile)) return 0;
  const packages = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages).filter(([path]) => path !== '');
  for (const [path, entry] of packages) {
    const name = `${lockFile}: ${path.replace(/^.*node_modules\//, '')} ${entry.version}`;
    // No address at all (omit-lockfile-registry-resolved): it comes from the reader's own registry, held to the checksum.
    if (entry.resolved) faults.push(`${name} comes from ${entry.resolved}`);
    if (!entry.integrity) faults.push(`${name} has no checksum`);
    if (!entry.dev) shipped.push(`${path.replace(/^.*node_modules\//, '')} ${entry.version}\t${entry.license}`);
    // Tools that are not shipped (dev) may have any licence that lets us run them.
    if (!entry.dev && !satisfies(entry.license ?? '', allowed)) faults.push(`${name} has the licence ${entry.license}`);
  }
  return packages.length;
}

const crates = checkCrates();
const packages = checkPackages('frontend/package-lock.json') + checkPackages('e2e/package-lock.json');
if (process.argv.includes('--list')) for (const line of shipped.sort()) console.log(line);
for (const fault of faults) console.log(fault);
console.log(`${crates} crates, ${packages} npm packages, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
