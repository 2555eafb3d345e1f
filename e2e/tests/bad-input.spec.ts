import { submit, type Facts } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

async function problemOf(varsel: import("../fixtures/server.ts").VarselServer, facts: Facts) {
  const outcome = await submit(await varsel.as("reporter-energy"), { "incident.aware_at": anHourAgo(), ...facts });
  if (outcome.__typename !== "ReportRefused") throw new Error(JSON.stringify(outcome));
  return outcome.problems.map(({ fact, code }) => `${fact}: ${code}`);
}

test("each bad answer is refused by name", async ({ varsel }) => {
  const cases: [Facts, string][] = [
    [{ "impact.users_afected": 3 }, "impact.users_afected: UNKNOWN_FACT"],
    [{ "impact.users_affected": "many" }, "impact.users_affected: WRONG_TYPE"],
    [{ "incident.kind": "ransomwear" }, "incident.kind: UNKNOWN_OPTION"],
    [{ "impact.users_affected_pct": 101 }, "impact.users_affected_pct: OUT_OF_RANGE"],
    [{ "org.cvr": "13748137" }, "org.cvr: BAD_CHECK_DIGIT"],
    [{ "incident.aware_at": "2099-01-01T00:00:00+01:00" }, "incident.aware_at: IN_FUTURE"],
    [{ "incident.aware_at": "1999-12-31T00:00:00+01:00" }, "incident.aware_at: TOO_EARLY"],
    [{ description: "line\u0007bell" }, "description: CONTROL_CHARACTERS"],
  ];
  for (const [facts, expected] of cases) expect(await problemOf(varsel, facts)).toContain(expected);
});

test("a CPR number in free text asks for a confirmation and is never repeated", async ({ varsel }) => {
  const facts = { "incident.aware_at": anHourAgo(), description: "Patient 010190-1234 was affected." };
  const outcome = await submit(await varsel.as("reporter-energy"), facts);
  if (outcome.__typename !== "ReportNeedsConfirmation") throw new Error(JSON.stringify(outcome));
  expect(outcome.warnings).toContainEqual({ fact: "description", code: "CPR_NUMBER" });
  expect(JSON.stringify(outcome)).not.toContain("1234");
});

test("malformed JSON and ten megabytes of it get a clear answer", async ({ varsel }) => {
  const send = (body: string) =>
    fetch(`${varsel.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const malformed = await send('{"query": "{ me { id } }",');
  expect(malformed.status).toBe(400);
  expect(await malformed.text()).toMatch(/line 1/);
  const huge = await send(JSON.stringify({ query: "{ me { id } }", variables: { x: "x".repeat(10_000_000) } })).catch(() => null);
  // The server may close the connection while the body is still on its way; then it must be alive all the same.
  if (huge) {
    expect(huge.status).toBe(413);
    expect(await huge.text()).toContain("larger than 262144 bytes");
  }
  expect((await fetch(`${varsel.url}/health/ready`)).status).toBe(200);
});
