import { test as base, type Page } from "@playwright/test";
import { inLiveHouse, programOf, tokenFor, withFile } from "../fixtures/live.ts";
import { file } from "../fixtures/report.ts";
import { run } from "../fixtures/server.ts";
import { expect } from "../fixtures/test.ts";

const PEOPLE = [
  { sub: "astrid", name: "Astrid Ærø", email: "astrid@nordvind.example", cvr: "13748136", organization_name: "Nordvind Elnet A/S" },
  { sub: "mads", name: "Mads Krogh", email: "mads@sektorcert.example", varsel_unit: "sektorcert" },
];

const facts = () => ({
  description: "The control room is dark.",
  "incident.aware_at": new Date(Date.now() - 600_000).toISOString(),
  "incident.kind": "ransomware",
  "service.sectors": ["energy.electricity"],
  "impact.serious_disruption": true,
});

async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("banner")).toContainText(name);
}

base("the pages of a real server ask by hash only, and a browser can ask nothing else", async ({ page }) => {
  await inLiveHouse(PEOPLE, async ({ varsel, provider }) => {
    const bodies: string[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/graphql") bodies.push(request.postData() ?? "");
    });
    await signIn(page, varsel.url, "Astrid Ærø");
    const filed = await file(await programOf(varsel, "astrid@nordvind.example"), facts());
    for (const path of ["/", `/incident/${filed.id}`, `/incident/${filed.id}/receipt`, `/report?incident=${filed.id}`]) {
      await page.goto(varsel.url + path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expect(page.getByRole("alert"), path).toHaveCount(0);
    }
    const free = await page.request.post(`${varsel.url}/graphql`, { data: { query: "{ me { name } }" } });
    expect(free.status()).toBe(403);
    expect(await free.text()).toContain("TOKEN_NEEDED");

    // A queue is live by hash, too.
    provider.server.closeAllConnections();
    const officer = await page.context().browser()?.newContext({ locale: "da-DK" });
    const desk = (await officer?.newPage()) as Page;
    await signIn(desk, varsel.url, "Mads Krogh");
    await desk.goto(`${varsel.url}/queue/sektorcert`);
    await expect(desk.getByText("Opdateres live")).toBeVisible();
    await file(await programOf(varsel, "astrid@nordvind.example"), facts());
    await expect(desk.getByRole("button", { name: "1 ny sag – vis" })).toBeVisible();
    await officer?.close();

    expect(bodies.length).toBeGreaterThan(6);
    for (const body of bodies) {
      const sent = JSON.parse(body) as Record<string, unknown>;
      expect(Object.keys(sent).filter((key) => key !== "variables")).toEqual(["documentId"]);
      expect(sent.documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
  });
});

base("a page that is older than the server says so, and keeps what was typed", async ({ page }) => {
  await inLiveHouse(PEOPLE, async ({ varsel }) => {
    await page.goto(varsel.url);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // As after an upgrade: the server knows other hashes than this page.
    await page.route("**/graphql", async (route) => {
      const sent = JSON.parse(route.request().postData() ?? "{}") as object;
      await route.continue({ postData: JSON.stringify({ ...sent, documentId: `sha256:${"0".repeat(64)}` }) });
    });
    await page.getByRole("link", { name: "Indberet", exact: true }).first().click();
    await expect(page.getByRole("alert").filter({ hasText: "Varsel er blevet opdateret" })).toBeVisible();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Genindlæs siden" }).click();
    await expect(page.getByText("Varsel er blevet opdateret")).toHaveCount(0);
  });
});

base("a report is filed on a real server with a token, until the token is revoked", async ({ page }) => {
  await inLiveHouse(PEOPLE, async ({ varsel }) => {
    await signIn(page, varsel.url, "Astrid Ærø");
    const token = await tokenFor(varsel, "astrid@nordvind.example");
    await withFile(token, (tokenFile) =>
      withFile(JSON.stringify({ ...facts(), contact_primary: "Astrid, +45 00 00 00 00" }), async (path) => {
        const arguments_ = ["report", "--facts", path, "--token-file", tokenFile, "--server", varsel.url];
        const first = await run(arguments_);
        // What is missing is named; answered as not known, it is filed, once.
        const missing = Object.fromEntries([...first.stdout.matchAll(/^ {2}([a-z_.0-9]+): /gm)].map(([, fact]) => [fact ?? "", "unknown"]));
        await withFile(JSON.stringify({ ...facts(), contact_primary: "Astrid, +45 00 00 00 00", ...missing, "incident.aware_at": "2026-11-20T10:00:00+01:00" }), async (whole) => {
          const filing = ["report", "--facts", whole, "--token-file", tokenFile, "--server", varsel.url];
          const filed = await run(filing);
          expect(filed, filed.stderr + filed.stdout).toMatchObject({ code: 0, stderr: "" });
          expect((await run(filing)).stdout).toContain("(had been filed before)");
        });
        const listed = await run(["token", "list", "--data", varsel.data]);
        expect(listed.stdout).toContain("acts as Astrid Ærø");
        expect(listed.stdout).not.toContain(token);
        const id = /^(token_\S+)/m.exec(listed.stdout)?.[1] ?? "";
        expect((await run(["token", "revoke", id, "--data", varsel.data])).code).toBe(0);
        const refused = await run(arguments_);
        expect(refused.code).toBe(1);
        expect(refused.stderr).toContain("TOKEN_REFUSED");
      }),
    );
  });
});
