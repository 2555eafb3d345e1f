import { test as base } from "@playwright/test";
import { inLiveHouse, programOf } from "../fixtures/live.ts";
import { file } from "../fixtures/report.ts";
import { expect } from "../fixtures/test.ts";

const CANARY = "CANARY-7f3a9c";

// No demo here: a real OpenID provider and a real SMTP server, as in production.
base("who signs in with OpenID Connect and reports gets a receipt by SMTP, and each unit a notice without content", async ({ page }) => {
  const people = [
    { sub: "astrid", name: "Astrid Ærø", email: "astrid@nordvind.example", cvr: "13748136", organization_name: "Nordvind Elnet A/S" },
  ];
  await inLiveHouse(people, async ({ varsel, mail }) => {
    // What helps to explore the demo is not there.
    for (const path of ["/graphiql", "/graphiql/graphiql.js", "/demo/people"]) {
      expect((await fetch(varsel.url + path)).status, path).toBe(404);
    }
    await page.goto(`${varsel.url}/sign-in`);
    await page.getByRole("link", { name: "Astrid Ærø" }).click();
    await page.waitForURL(`${varsel.url}/**`);
    const client = await programOf(varsel, "astrid@nordvind.example");
    const { me } = await client.graphql<{ me: { name: string; organisation: { cvr: string } } }>("{ me { name organisation { cvr } } }");
    expect(me).toMatchObject({ name: "Astrid Ærø", organisation: { cvr: "13748136" } });

    const filed = await file(client, {
      description: CANARY,
      "incident.aware_at": new Date(Date.now() - 600_000).toISOString(),
      "incident.kind": "ransomware",
      "service.sectors": ["energy.electricity"],
      "impact.serious_disruption": true,
    });
    const isHers = (to: unknown) => JSON.stringify(to).includes("astrid@nordvind.example");
    // A program acts as her: she hears of it.
    await mail.next(({ to, subject }) => isHers(to) && subject === "Din adgang til Varsel er ændret");
    const receipt = await mail.next(({ to, subject, text }) => isHers(to) && `${subject} ${text}`.includes(filed.number));
    const notice = await mail.next(({ to }) => JSON.stringify(to).includes("vagt@csirt.example"));
    for (const { subject, text, html } of [receipt, notice]) {
      expect(`${subject} ${text}`).toContain(filed.number);
      expect(html).toBeTruthy();
      expect(`${subject} ${text} ${html}`).not.toContain(CANARY);
      expect(`${subject} ${text} ${html}`.toLowerCase()).not.toContain("ransomware");
    }
    expect(receipt.text).toContain(`${varsel.url}/incident/${filed.id}`);
    expect(notice.text).not.toContain("Nordvind");
  });
});
