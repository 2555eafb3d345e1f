// How `make test` counts and judges: a step that failed, ran nothing, or hid its failures must never look green.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

/** Runs `steps` (shell) as test.sh would, in a folder of its own; gives its exit status and its lines. */
function run(steps) {
  const made = mkdtempSync(join(tmpdir(), 'varsel-steps-'));
  try {
    const script = `set -euo pipefail; say() { printf '%s\\n' "$*"; }; made=$0; mkdir "$made/logs"; . scripts/steps.sh; ${steps}; summary`;
    const { status, stdout } = spawnSync('bash', ['-c', script, made], { encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n') };
  } finally {
    rmSync(made, { recursive: true });
  }
}

const CARGO = 'test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.01s';
const CARGO_FAILED = 'test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s';

for (const { name, steps, status, closing } of [
  { name: 'sums over runs of cargo', steps: `step a cargo printf '${CARGO}\\n${CARGO}\\n'`, status: 0, closing: '24 passed, 0 failed, 6 skipped' },
  { name: 'reads vitest', steps: `step a vitest printf ' Test Files  2 passed (2)\\n      Tests  1 skipped | 7 passed (8)\\n'`, status: 0, closing: '7 passed, 0 failed, 1 skipped' },
  { name: 'reads playwright', steps: `step a playwright printf '  1 skipped\\n  1 flaky\\n  8 passed (32.0s)\\n'`, status: 0, closing: '9 passed, 0 failed, 1 skipped' },
  { name: 'reads node', steps: `step a node printf '# tests 5\\n# pass 4\\n# fail 0\\n# skipped 1\\n'`, status: 0, closing: '4 passed, 0 failed, 1 skipped' },
  { name: 'reads the plain line', steps: `step a plain echo '5 passed, 0 failed'`, status: 0, closing: '5 passed, 0 failed, 0 skipped' },
  { name: 'fails with a failed test, even when the runner exits with 0', steps: `step a cargo echo '${CARGO_FAILED}'`, status: 1, closing: '2 passed, 1 failed, 0 skipped' },
  { name: 'fails when a runner ran nothing', steps: `step a cargo true; step b plain echo '5 passed, 0 failed'`, status: 1, closing: '5 passed, 1 failed, 0 skipped' },
  { name: 'fails when only checks ran', steps: 'step a check true', status: 1, closing: '0 passed, 0 failed, 0 skipped' },
  { name: 'goes on after a failed check', steps: `step a check false; step b cargo echo '${CARGO}'`, status: 1, closing: '12 passed, 1 failed, 3 skipped' },
  { name: 'sees a command that does not exist', steps: `step a check /nowhere; step b cargo echo '${CARGO}'`, status: 1, closing: '12 passed, 1 failed, 3 skipped' },
]) {
  test(name, () => {
    const result = run(steps);
    assert.equal(result.lines.at(-2), closing);
    assert.equal(result.lines.at(-1), `make test: ${closing.replace(/, \d+ skipped/, '')}`);
    assert.equal(result.status, status);
  });
}

test('shows the end of a failed output, and which step it was', () => {
  const { lines } = run(`step 'a: b' check bash -c 'echo the reason; exit 3'`);
  assert.ok(lines.some((line) => line.endsWith('| the reason')));
  assert.ok(lines.some((line) => line.startsWith('failed: a: b (')));
});

test('shows which test of cargo failed and why, however much came after it', () => {
  const after = Array.from({ length: 100 }, () => 'test another ... ok').join('\\n');
  const { lines } = run(`step a cargo printf 'failures:\\n\\n---- one stdout ----\\nthe reason\\n\\nfailures:\\n    one\\n\\n${CARGO_FAILED}\\n${after}\\n'`);
  assert.ok(lines.some((line) => line.endsWith('| the reason')));
  assert.ok(!lines.some((line) => line.includes('another')));
});

test('stops what hangs, names it, and goes on', () => {
  const hangs = `printf 'test one has been running for over 60 seconds\\ntest two has been running for over 60 seconds\\ntest one ... ok\\n'; exec sleep 60`;
  const { lines, status } = run(`longest=0.5s; step a cargo bash -c "${hangs}"; step b cargo echo '${CARGO}'`);
  assert.ok(lines.some((line) => line.endsWith('| did not end: two')), lines.join('\n'));
  assert.ok(lines.some((line) => line.endsWith('| stopped: not over within 0.5s')));
  assert.ok(!lines.some((line) => line.includes('did not end: one')));
  assert.equal(lines.at(-2), '12 passed, 1 failed, 3 skipped');
  assert.equal(status, 1);
});
