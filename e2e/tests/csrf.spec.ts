import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../fixtures/test.ts";

const COUNT = "{ incidents { totalCount } }";

/** The mutation as JSON, written so that a form of type `text/plain` sends it unharmed: name=value. */
const MUTATION = `mutation { submitReport(input: { idempotencyKey: "forged-report", facts: {} }) { __typename } }`;
const BODY = JSON.stringify({ query: MUTATION });

/** What a page of another origin can send without asking first. `127.0.0.1` on another port is the same site: cookies go along. */
const attacks = (target: string): string[] => [
  ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"].map(
    (type) => `const form = document.createElement("form"); form.method = "post"; form.action = "${target}/graphql"; form.enctype = "${type}";
      const field = document.createElement("input"); field.name = ${JSON.stringify(BODY.slice(0, -1) + ',"x":"')}; field.value = '"}';
      form.append(field); document.body.append(form); form.submit();`,
  ),
  `location = "${target}/graphql?query=" + encodeURIComponent(${JSON.stringify(MUTATION)});`,
  `fetch("${target}/graphql", { method: "POST", mode: "no-cors", credentials: "include", headers: { "content-type": "text/plain" }, body: ${JSON.stringify(BODY)} }).catch(() => {});`,
  `fetch("${target}/graphql", { method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: ${JSON.stringify(BODY)} }).catch(() => {});`,
  `navigator.sendBeacon("${target}/graphql", new Blob([${JSON.stringify(BODY)}], { type: "text/plain" }));`,
  `fetch("${target}/sign-out", { method: "POST", mode: "no-cors", credentials: "include" }).catch(() => {});`,
  `const form = document.createElement("form"); form.method = "post"; form.action = "${target}/sign-out"; document.body.append(form); form.submit();`,
];

test("no form, link or script of another origin changes anything in the name of who is signed in", async ({ page, varsel, signIn }) => {
  let script = "";
  const evil = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>evil</title><body><script>${script}</script>`);
  });
  await new Promise<void>((ready) => evil.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  try {
    await signIn("reporter-energy");
    const reporter = await varsel.as("reporter-energy");
    const count = async () => (await reporter.graphql<{ incidents: { totalCount: number } }>(COUNT)).incidents.totalCount;
    const before = await count();
    const statuses: number[] = [];
    page.on("response", (response) => {
      if (response.url().startsWith(varsel.url) && response.request().method() !== "OPTIONS") statuses.push(response.status());
    });
    for (script of attacks(varsel.url)) {
      const answered = page.waitForEvent("requestfinished", (request) => request.url().startsWith(varsel.url));
      const failed = page.waitForEvent("requestfailed", (request) => request.url().startsWith(varsel.url));
      await page.goto(origin).catch(() => undefined);
      await Promise.any([answered, failed]);
    }
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(await count()).toBe(before);
    await page.goto(varsel.url);
    await expect(page.getByRole("banner"), "still signed in").toContainText("Log ud");
  } finally {
    evil.closeAllConnections();
    evil.close();
  }
});
