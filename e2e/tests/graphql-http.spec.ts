import { serverAudits } from "graphql-http";
import { expect, test } from "../fixtures/test.ts";

// GET is optional in the specification and not offered: a query in an address ends up in logs and caches.
test("the GraphQL endpoint passes the GraphQL-over-HTTP audit without an error or a warning", async ({ varsel }) => {
  const audits = serverAudits({ url: `${varsel.url}/graphql`, fetchFn: fetch });
  expect(audits.length).toBeGreaterThan(50);
  const failed: string[] = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== "ok" && result.status !== "notice") failed.push(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
  expect(failed).toEqual([]);
});

test("a simple cross-site request is not executed", async ({ varsel }) => {
  const body = JSON.stringify({ query: "{ me { id } }" });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const answer = await fetch(`${varsel.url}/graphql`, { method: "POST", headers: { "content-type": type }, body });
    expect(answer.status, type).toBe(415);
  }
  const get = await fetch(`${varsel.url}/graphql?query=${encodeURIComponent("{ me { id } }")}`);
  expect(get.status).toBe(405);
  const foreign = await fetch(`${varsel.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://attacker.example" },
    body,
  });
  expect(foreign.status).toBe(403);
});

test("the demo brings GraphiQL, which knows the schema and needs no other host", async ({ page, varsel }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(varsel.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  await page.goto(`${varsel.url}/graphiql`);
  await page.getByRole("button", { name: /execute query/i }).click();
  await expect(page.locator(".result-window")).toContainText("nis2_energy_dk");
  expect(elsewhere).toEqual([]);
});
