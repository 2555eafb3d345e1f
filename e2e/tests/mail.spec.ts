import { test as base } from "@playwright/test";
import { MailServer } from "../fixtures/smtp.ts";
import { OpenIdProvider } from "../fixtures/oidc.ts";
import { file } from "../fixtures/report.ts";
import { ApiClient, VarselServer, freePort } from "../fixtures/server.ts";
import { expect } from "../fixtures/test.ts";

const CANARY = "CANARY-7f3a9c";

// No demo here: a real OpenID provider and a real SMTP server, as in production.
base("who signs in with OpenID Connect and reports gets a receipt by SMTP, and each unit a notice without content", async ({ page }) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [mail, provider] = await Promise.all([
    MailServer.start(),
    OpenIdProvider.start(url, [
      { sub: "astrid", name: "Astrid Ærø", email: "astrid@nordvind.example", cvr: "13748136", organization_name: "Nordvind Elnet A/S" },
    ]),
  ]);
  const varsel = await VarselServer.start({
    args: [],
    env: {
      PORT: String(port),
      VARSEL_HTTP__PUBLIC_URL: url,
      VARSEL_MAIL__SMTP__URL: `smtp://127.0.0.1:${mail.port}`,
      VARSEL_MAIL__FROM: "Varsel <varsel@varsel.example>",
      VARSEL_MAIL__UNITS__CSIRT: "vagt@csirt.example",
      ...provider.settings,
    },
  });
  try {
    // What helps to explore the demo is not there.
    for (const path of ["/graphiql", "/graphiql/graphiql.js", "/demo/people"]) {
      expect((await fetch(varsel.url + path)).status, path).toBe(404);
    }
    const asked = await new ApiClient(varsel.url).graphql<{ __schema: unknown }>("{ __schema { queryType { name } } }");
    expect(asked.__schema).toBeNull();
    await page.goto(`${varsel.url}/sign-in`);
    await page.getByRole("link", { name: "Astrid Ærø" }).click();
    await page.waitForURL(`${varsel.url}/**`);
    const cookies = await page.context().cookies(varsel.url);
    const client = new ApiClient(varsel.url, cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
    const { me } = await client.graphql<{ me: { name: string; organisation: { cvr: string } } }>("{ me { name organisation { cvr } } }");
    expect(me).toMatchObject({ name: "Astrid Ærø", organisation: { cvr: "13748136" } });

    const filed = await file(client, {
      description: CANARY,
      "incident.aware_at": new Date(Date.now() - 600_000).toISOString(),
      "incident.kind": "ransomware",
      "service.sectors": ["energy.electricity"],
      "impact.serious_disruption": true,
    });
    const receipt = await mail.next(({ to }) => JSON.stringify(to).includes("astrid@nordvind.example"));
    const notice = await mail.next(({ to }) => JSON.stringify(to).includes("vagt@csirt.example"));
    for (const { subject, text, html } of [receipt, notice]) {
      expect(`${subject} ${text}`).toContain(filed.number);
      expect(html).toBeTruthy();
      expect(`${subject} ${text} ${html}`).not.toContain(CANARY);
      expect(`${subject} ${text} ${html}`.toLowerCase()).not.toContain("ransomware");
    }
    expect(receipt.text).toContain(`${varsel.url}/incident/${filed.id}`);
    expect(notice.text).not.toContain("Nordvind");
  } finally {
    await varsel.stop();
    await Promise.all([mail.stop(), provider.stop()]);
  }
});
