import assert from 'node:assert/strict';
import { test } from 'node:test';
import { satisfies } from '../spdx.mjs';

const allowed = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0']);

for (const expression of [
  'MIT',
  'MIT OR GPL-3.0-only',
  'GPL-3.0-only OR MIT',
  'MIT/Apache-2.0',
  '(MIT OR GPL-2.0-only) AND Unicode-3.0',
  'Apache-2.0 WITH LLVM-exception OR GPL-2.0-only',
]) {
  test(`allowed: ${expression}`, () => assert.equal(satisfies(expression, allowed), true));
}

for (const expression of ['', 'GPL-3.0-only', 'MIT AND GPL-3.0-only', 'GPL-2.0-only AND (MIT OR Apache-2.0)', 'GPL-2.0-only WITH Classpath-exception-2.0']) {
  test(`refused: ${expression || 'no licence'}`, () => assert.equal(satisfies(expression, allowed), false));
}

test('AND binds closer than OR', () => {
  assert.equal(satisfies('GPL-3.0-only AND GPL-2.0-only OR MIT', allowed), true);
  assert.equal(satisfies('GPL-3.0-only AND MIT OR GPL-2.0-only', allowed), false);
});

for (const expression of ['(MIT', 'MIT)', 'MIT Apache-2.0']) {
  test(`not an expression: ${expression}`, () => assert.throws(() => satisfies(expression, allowed)));
}
