// spdx.mjs: does an SPDX licence expression let us choose only licences that are allowed?

/** Tokens of an expression; the old form `MIT/Apache-2.0` means OR. */
function tokens(expression) {
  return expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
}

/**
 * Whether `expression` can be fulfilled with the licences in `allowed`: every side of AND, at least one side of OR.
 * `A WITH exception` counts as A, since an exception only ever permits more.
 */
export function satisfies(expression, allowed) {
  const rest = tokens(expression);

  function atom() {
    const token = rest.shift();
    if (token === '(') {
      const inner = either();
      if (rest.shift() !== ')') throw new Error(`unbalanced licence expression: ${expression}`);
      return inner;
    }
    if (rest[0] === 'WITH') rest.splice(0, 2);
    return allowed.has(token);
  }
  function both() {
    let result = atom();
    while (rest[0] === 'AND') {
      rest.shift();
      result = atom() && result;
    }
    return result;
  }
  function either() {
    let result = both();
    while (rest[0] === 'OR') {
      rest.shift();
      result = both() || result;
    }
    return result;
  }

  if (rest.length === 0) return false;
  const result = either();
  if (rest.length > 0) throw new Error(`cannot read the licence expression: ${expression}`);
  return result;
}
