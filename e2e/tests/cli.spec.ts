import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { run } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";

const ddos = () => ({
  "incident.kind": "ddos",
  "incident.aware_at": new Date(Date.now() - 3_600_000).toISOString(),
  "service.sectors": ["banking.credit_institutions"],
  "impact.serious_disruption": true,
  description: "The online bank does not answer.",
});

/** A file with these facts, for as long as it is used. */
async function withFacts<T>(facts: object, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "varsel-facts-"));
  try {
    const path = join(folder, "incident.yaml");
    await writeFile(path, stringify(facts));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a report filed on the command line stands in the browser of its reporter, once", async ({ page, varsel, signIn }) => {
  const report = (path: string) => run(["report", "--facts", path, "--as", "reporter-bank", "--server", varsel.url]);

  const facts: Record<string, unknown> = ddos();
  await test.step("what is missing is named", async () => {
    const { code, stdout } = await withFacts(facts, report);
    expect(code).toBe(1);
    expect(stdout).toContain("These lack an answer");
    for (const [, fact] of stdout.matchAll(/^ {2}([a-z_.0-9]+): /gm)) facts[fact ?? ""] = "unknown";
    expect(Object.values(facts)).toContain("unknown");
  });

  const { first, second } = await withFacts(facts, async (path) => ({ first: await report(path), second: await report(path) }));
  expect(first).toMatchObject({ code: 0, stderr: "" });
  const number = /^Filed: (V-\d{4}-\d{5})$/m.exec(first.stdout)?.[1];
  const id = /^Incident: (incident_\S+)$/m.exec(first.stdout)?.[1];
  expect(first.stdout).toMatch(/^Next due: /m);
  expect(second.stdout).toContain(`Filed: ${number} (had been filed before)`);

  await signIn("reporter-bank");
  await page.goto("/");
  await expect(page.getByRole("region", { name: "Jeres hændelser" }).getByRole("link", { name: number })).toHaveCount(1);
  await page.goto(`/incident/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: `Hændelse ${number}` })).toBeVisible();
  await expect(page.getByRole("region", { name: "Svar" })).toContainText("The online bank does not answer.");
});

test("a mistake in the facts is named, and nothing is filed", async ({ varsel }) => {
  const args = ["--as", "reporter-bank", "--server", varsel.url];
  const misspelt = await withFacts({ ...ddos(), "impact.serious_disruptoin": true }, (path) => run(["report", "--facts", path, ...args]));
  expect(misspelt.code).toBe(1);
  expect(misspelt.stdout).toContain("impact.serious_disruptoin");
  expect(misspelt.stdout).toContain("did you mean impact.serious_disruption");
});

test("a person who does not exist and a server that is not there are said plainly", async ({ varsel }) => {
  const [stranger, nowhere] = await withFacts(ddos(), (path) =>
    Promise.all([
      run(["report", "--facts", path, "--as", "reporter-banc", "--server", varsel.url]),
      run(["report", "--facts", path, "--as", "reporter-bank", "--server", "http://127.0.0.1:1"]),
    ]),
  );
  expect(stranger.code).toBe(1);
  expect(stranger.stderr).toContain("did you mean reporter-bank?");
  expect(nowhere.code).toBe(1);
  expect(nowhere.stderr).toContain("varsel serve --demo");
});
