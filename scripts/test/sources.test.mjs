import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

/** The packages of a Cargo.lock. */
function crates(lock) {
  const field = (text, name) => text.match(new RegExp(`^${name} = "(.*)"$`, 'm'))?.[1];
  return lock.split('[[package]]').slice(1).map((text) => ({ name: field(text, 'name'), source: field(text, 'source'), checksum: field(text, 'checksum') }));
}

/** Those that come from elsewhere, or that nothing holds to what they were; `own` come from this repository. */
const strangers = (lock, own) =>
  crates(lock).filter(({ name, source, checksum }) => (source ? source !== REGISTRY || !checksum : !own.includes(name))).map(({ name }) => name);

/** The same of npm's lock file, which names no addresses: they are the reader's own registry's. */
const strangePackages = (lock) =>
  Object.entries(lock.packages).filter(([path, it]) => path !== '' && (it.resolved || it.link || !it.integrity)).map(([path]) => path);

const manifests = execFileSync('git', ['ls-files', '-z', '*Cargo.toml', ':!fuzz']).toString().split('\0').filter(Boolean);
const own = manifests.map((file) => readFileSync(file, 'utf8').match(/^\[package\]\nname = "(.*)"/m)?.[1]).filter(Boolean);
const lock = readFileSync('Cargo.lock', 'utf8');

test('every crate comes from the registry of crates and every package from that of npm, held to a checksum', () => {
  assert.ok(own.length >= 7 && crates(lock).length > 200, `${own.length} of ours, ${crates(lock).length} in all`);
  assert.deepEqual(strangers(lock, own), []);
  for (const file of ['frontend/package-lock.json', 'e2e/package-lock.json']) {
    const packages = JSON.parse(readFileSync(file, 'utf8'));
    assert.ok(Object.keys(packages.packages).length > 3, file);
    assert.deepEqual(strangePackages(packages), [], file);
  }
});

test('what comes from elsewhere is noticed', () => {
  const crate = (...lines) => ['[[package]]', 'name = "x"', 'version = "1.0.0"', ...lines, ''].join('\n');
  const checksum = `checksum = "${'0'.repeat(64)}"`;
  assert.deepEqual(strangers(crate(`source = "${REGISTRY}"`, checksum), []), []);
  assert.deepEqual(strangers(crate(`source = "${REGISTRY}"`), []), ['x']);
  assert.deepEqual(strangers(crate('source = "git+https://evil.example/x"', checksum), []), ['x']);
  assert.deepEqual(strangers(crate('source = "registry+https://evil.example/index"', checksum), []), ['x']);
  assert.deepEqual(strangers(crate(), []), ['x']);
  assert.deepEqual(strangers(crate(), ['x']), []);
  const packages = (it) => strangePackages({ packages: { '': {}, 'node_modules/x': it } });
  assert.deepEqual(packages({ integrity: 'sha512-x' }), []);
  assert.deepEqual(packages({ integrity: 'sha512-x', resolved: 'https://evil.example/x.tgz' }), ['node_modules/x']);
  assert.deepEqual(packages({}), ['node_modules/x']);
});

test('no crate that matches by backtracking is in the lock file', () => {
  const backtracking = ['fancy-regex', 'onig', 'pcre2', 'regress'];
  assert.deepEqual(crates(lock).map(({ name }) => name).filter((name) => backtracking.includes(name)), []);
  // The one that is there takes linear time.
  assert.ok(crates(lock).some(({ name }) => name === 'regex'));
});

/** The command line, the identity providers, the witnesses, the mail relay; a database's connections are its driver's. */
const SPEAKING = [
  'backend/server/src/cli/api_client.rs',
  'backend/server/src/oidc/http.rs',
  'backend/server/src/witness/push.rs',
  'backend/services/src/mail/transport.rs',
];

test('only these files speak to other machines, and the settings say to which', () => {
  const files = execFileSync('git', ['ls-files', '-z', 'backend/*/src/*.rs']).toString().split('\0').filter(Boolean);
  const opens = /reqwest::(?:\{[^}]*\bClient\b|Client|get|blocking)|(?:Tcp|Udp|Unix)(?:Stream|Socket)::(?:connect|bind)|AsyncSmtpTransport::|SmtpTransport::/;
  const code = (file) => readFileSync(file, 'utf8').split('\n#[cfg(test)]\n')[0];
  const speaking = files.filter((file) => !/\/tests[./]/.test(file) && opens.test(code(file)));
  assert.deepEqual(speaking, SPEAKING);
});
