import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { faults, fromDisk, HEAD, hasTest, rows } from '../asvs.mjs';

const list = readFileSync('docs/asvs.csv', 'utf8');

test('every item of docs/asvs.csv has its evidence, and every test that it names is in the source', () => {
  assert.deepEqual(faults(list, fromDisk), []);
});

test('the list has the items that access control must answer for, most of them covered', () => {
  const [, ...items] = rows(list);
  const count = (wanted) => items.filter(([, , , status]) => status === wanted).length;
  assert.ok(items.length >= 55, `${items.length} items`);
  assert.ok(count('covered') >= 40, `${count('covered')} covered`);
});

const source = '#[tokio::test(flavor = "multi_thread")]\nasync fn it_holds() {}\n// it_is_only_spoken_of\nfn helper() {}\n';
const check = (...lines) => faults([HEAD.join(), ...lines].join('\n'), (file) => (file === 'a.rs' ? source : undefined));

test('a list that is right has no fault', () => {
  assert.deepEqual(check('V1.2.3,1,x,covered,"a.rs: it_holds"', 'V1.2.4,2,x,open,issue 4: later', 'V1.2.5,3,"x, y",not applicable,no x'), []);
});

for (const [what, line, fault] of [
  ['an item without evidence', 'V1.2.3,1,x,covered,', /no evidence/],
  ['a test that is not there', 'V1.2.3,1,x,covered,a.rs: it_is_gone', /has no test "it_is_gone"/],
  ['a test that is only spoken of', 'V1.2.3,1,x,covered,a.rs: it_is_only_spoken_of', /has no test/],
  ['a function that is no test', 'V1.2.3,1,x,covered,a.rs: helper', /has no test/],
  ['a file that is not there', 'V1.2.3,1,x,covered,b.rs: it_holds', /b\.rs is not there/],
  ['evidence without a name', 'V1.2.3,1,x,covered,a.rs', /is not "file: name/],
  ['an open item without an issue', 'V1.2.3,1,x,open,later', /is open: say/],
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
