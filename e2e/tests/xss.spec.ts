import { caseOf, file, type Filed } from "../fixtures/report.ts";
import { VarselServer } from "../fixtures/server.ts";
import { BROKEN_POLICY, expect, test } from "../fixtures/test.ts";
import { watch } from "../fixtures/watch.ts";
import { ATTACKS } from "../fixtures/xss.ts";

/** How many attacks stand in one answer: enough to be quick, few enough that one cannot hide the others. */
const TOGETHER = 4;

test("nothing that a reporter writes runs, loads or breaks the policy on any page", async ({ page, varsel, signIn }) => {
  test.setTimeout(600_000);
  expect(ATTACKS.length).toBeGreaterThan(250);
  const reporter = await varsel.as("reporter-energy");
  const { pack } = await reporter.graphql<{ pack: { facts: { id: string; multiline: boolean }[] } }>("{ pack { facts { id multiline } } }");
  const texts = pack.facts.filter(({ multiline }) => multiline).map(({ id }) => id);
  expect(texts.length).toBeGreaterThan(10);
  const filed: { incident: Filed; some: string }[] = [];
  for (let next = 0; next < ATTACKS.length; ) {
    const facts: Record<string, unknown> = { "incident.kind": "ransomware", "service.sectors": ["energy.electricity"], "impact.serious_disruption": true };
    facts["incident.aware_at"] = new Date(Date.now() - 600_000).toISOString();
    const first = ATTACKS[next] ?? "";
    for (const id of ["description", ...texts.filter((each) => each !== "description")]) {
      if (next < ATTACKS.length) facts[id] = ATTACKS.slice(next, (next += TOGETHER)).join("\n");
    }
    filed.push({ incident: await file(reporter, facts), some: first });
  }

  const broken = await watch(page, varsel.url);
  const seen = async (address: string, text?: string) => {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    if (text) await expect(page.getByRole("main"), address).toContainText(text);
  };
  await signIn("reporter-energy");
  await seen("/");
  for (const { incident, some } of filed) {
    await seen(`/incident/${incident.id}`, some);
    await seen(`/incident/${incident.id}/receipt`);
    await seen(`/report?incident=${incident.id}`);
  }
  await signIn("officer-sektorcert");
  await seen("/queue/sektorcert");
  for (const { incident, some } of filed) await seen(`/case/${caseOf(incident, "sektorcert")}`, some);
  // What stands in an address.
  for (const attack of ATTACKS.filter((_, index) => index % 13 === 0)) {
    const text = encodeURIComponent(attack);
    await seen(`/queue/sektorcert?text=${text}`);
    await seen(`/case/${text}`);
  }
  expect(broken).toEqual([]);
  expect(varsel.log).not.toContain(BROKEN_POLICY);
});

test("what would break the policy is stopped, and the server hears of it", async ({ page }) => {
  const varsel = await VarselServer.start();
  try {
    await page.goto(varsel.url);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      try {
        script.text = "window.__broken = 1";
        document.head.append(script);
      } catch {
        // Trusted types refuse it before the policy on scripts can.
      }
      document.body.append(Object.assign(document.createElement("img"), { src: "https://evil.example/pixel.png" }));
      return "__broken" in window;
    });
    expect(ran).toBe(false);
    await expect.poll(() => varsel.log).toContain(BROKEN_POLICY);
    await expect.poll(() => varsel.log).toContain("img-src");
  } finally {
    await varsel.stop();
  }
});
