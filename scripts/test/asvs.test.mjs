import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CHOSEN, faults, fromDisk, HEAD, hasTest, rows } from '../asvs.mjs';

const list = readFileSync('docs/asvs.csv', 'utf8');

test('docs/asvs.csv has every item that was chosen, each with its evidence, and every test that it names is in the source', () => {
  assert.deepEqual(faults(list, fromDisk, CHOSEN), []);
});

test('87 items were chosen, and most of them are covered', () => {
  assert.equal(new Set(CHOSEN).size, 87);
  const [, ...items] = rows(list);
  const covered = items.filter(([, , , status]) => status === 'covered').length;
  assert.ok(covered >= 80, `${covered} covered`);
});

test('each item that was chosen is missed where it is left out', () => {
  const [head, ...lines] = list.trimEnd().split('\n');
  for (const id of CHOSEN) {
    const others = [head, ...lines.filter((line) => !line.startsWith(`${id},`))].join('\n');
    assert.deepEqual(faults(others, fromDisk, CHOSEN), [`${id}: is not in the list`]);
  }
});

const source = '#[tokio::test(flavor = "multi_thread")]\nasync fn it_holds() {}\n// it_is_only_spoken_of\nfn helper() {}\n';
const check = (...lines) => faults([HEAD.join(), ...lines].join('\n'), (file) => (file === 'a.rs' ? source : undefined), []);

test('a list that is right has no fault', () => {
  assert.deepEqual(check('V1.2.3,1,x,covered,"a.rs: it_holds"', 'V1.2.5,3,"x, y",not applicable,no x'), []);
});

for (const [what, line, fault] of [
  ['an item without evidence', 'V1.2.3,1,x,covered,', /no evidence/],
  ['a test that is not there', 'V1.2.3,1,x,covered,a.rs: it_is_gone', /has no test "it_is_gone"/],
  ['a test that is only spoken of', 'V1.2.3,1,x,covered,a.rs: it_is_only_spoken_of', /has no test/],
  ['a function that is no test', 'V1.2.3,1,x,covered,a.rs: helper', /has no test/],
  ['a file that is not there', 'V1.2.3,1,x,covered,b.rs: it_holds', /b\.rs is not there/],
  ['evidence without a name', 'V1.2.3,1,x,covered,a.rs', /is not "file: name/],
  ['an item that is open', 'V1.2.3,1,x,open,issue 4: later', /status open; use covered, not applicable/],
  ['a status that there is not', 'V1.2.3,1,x,done,a.rs: it_holds', /status done/],
  ['no id', '1.2.3,1,x,covered,a.rs: it_holds', /no id/],
]) {
  test(`${what} is a fault`, () => assert.match(check(line).join('\n'), fault));
}

test('an item that is listed twice is a fault', () => {
  const line = 'V1.2.3,1,x,covered,a.rs: it_holds';
  assert.deepEqual(check(line, line), ['V1.2.3: is listed twice']);
});

test('tests are found by their names in both languages', () => {
  assert.ok(hasTest('a.rs', '#[test]\n    fn x() {', 'x') && !hasTest('a.rs', '#[test]\nfn xy() {', 'x'));
  const browser = 'test("a, b @phone", async () => {});\n// test: c\n';
  assert.ok(hasTest('a.ts', browser, 'a, b') && !hasTest('a.ts', browser, 'c') && !hasTest('a.ts', browser, 'a'));
});
