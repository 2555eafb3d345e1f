// R32: the same rules for everybody. No branch lets somebody past the policy by a word, and no role is asked for outside of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Where a role is named outside the policy, and what for: none of these decides what somebody may do. */
const NAMED = {
  'backend/services/src/access.rs': 'says it in the log of use',
  'backend/services/src/authorisation/list.rs': 'where a person belongs',
  'backend/services/src/authorisation/sign_in.rs': 'which providers speak for whom; the first administrator',
  'backend/services/src/demo/mod.rs': 'makes the people of the demo',
  'backend/services/src/demo/roster.rs': 'makes the people of the demo',
  'backend/services/src/session.rs': 'what a provider says of somebody',
  'backend/services/src/session/administrator.rs': 'makes the first administrator',
  'backend/storage/src/person.rs': 'reads and writes it',
};

const PAST = /\b(?:is_?(?:superuser|super_user|admin(?:istrator)?|root|god)|god_?mode|back_?door|(?:skip|disable|bypass|ignore|no)_?(?:auth|authz|check|checks|permits?|policy|scope)|(?:allow|permit)_?(?:all|everything|any))\b/iu;
const ROLE = /\bRole::[A-Z]/u;

/** What a file does, without what it says of itself, and without its tests. */
const code = (text) => text.split('#[cfg(test)]')[0].split('\n').map((line) => line.replace(/\/\/.*$/u, ''));

/** Lines of a file that let somebody past the policy, or ask for a role. */
function branches(file, text) {
  const ofPolicy = file.startsWith('backend/domain/');
  return code(text).filter((line) => PAST.test(line) || (ROLE.test(line) && !ofPolicy && !(file in NAMED))).map((line) => `${file}: ${line.trim()}`);
}

const sources = execFileSync('git', ['ls-files', '-z', 'backend/*/src/*.rs']).toString().split('\0').filter(Boolean)
  .filter((file) => !/(?:^|\/)(?:testing|tests)(?:\.rs$|\/)/u.test(file));

test('nobody is let past the policy by a word, and no role is asked for outside of it', () => {
  assert.ok(sources.length > 300, `${sources.length}`);
  assert.deepEqual(sources.flatMap((file) => branches(file, readFileSync(file, 'utf8'))), []);
  const idle = Object.keys(NAMED).filter((file) => !code(readFileSync(file, 'utf8')).some((line) => ROLE.test(line)));
  assert.deepEqual(idle, [], 'these name no role any more');
});

test('a way past it is noticed', () => {
  const file = 'backend/services/src/queue.rs';
  for (const line of ['if actor.is_superuser {', 'if is_admin(actor) {', 'let scope = if skip_checks { all } else { own };', 'if actor.role == Role::Administrator {']) {
    assert.equal(branches(file, line).length, 1, line);
  }
  assert.deepEqual(branches(file, '// No is_admin here.'), []);
  assert.deepEqual(branches('backend/domain/src/authz.rs', 'Role::Administrator => true,'), []);
});
