// The whole corpus on real pages, many attacks on each: as what reporters write, and as Markdown of a pack that was sent in.
import type { Page } from "@playwright/test";
import { CORPUS } from "../fixtures/attacks.ts";
import { NEXT, receiveChanged } from "../fixtures/pack.ts";
import { caseOf, file, type Filed } from "../fixtures/report.ts";
import { BROKEN_POLICY, expect, test } from "../fixtures/test.ts";
import { watch } from "../fixtures/watch.ts";

/** Characters of an answer; a text may have 10,000. */
const LENGTH = 9_000;
/** Characters of the texts of a report: its request has a limit. */
const REPORT = 110_000;

/** Cuts the texts into pieces of at most so many characters. */
function pieces(texts: readonly string[], most: number, between: string): string[][] {
  const all: string[][] = [];
  let left = 0;
  for (const text of texts) {
    const length = text.length + between.length;
    if (length > left) {
      all.push([]);
      left = most;
    }
    all.at(-1)?.push(text);
    left -= length;
  }
  return all;
}

/** As a browser shows it: white space in one way. */
const shown = (text: string) => text.replace(/\s+/g, " ").trim();

async function mainText(page: Page): Promise<string> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  return shown((await page.getByRole("main").textContent()) ?? "");
}

test("thousands of attacks in reports are shown as the text that they are", async ({ page, varsel, signIn }) => {
  test.setTimeout(180_000);
  expect(CORPUS.length).toBeGreaterThan(5_000);
  const reporter = await varsel.as("reporter-energy");
  const { pack } = await reporter.graphql<{ pack: { facts: { id: string; multiline: boolean }[] } }>("{ pack { facts { id multiline } } }");
  const fields = pack.facts.filter(({ multiline }) => multiline).map(({ id }) => id);
  const perReport = Math.min(fields.length, Math.floor(REPORT / LENGTH));
  // A form feed is no character of a text; it is refused before it is stored.
  const answers = pieces(CORPUS.filter((text) => !text.includes("\f")), LENGTH, "\n");
  const filed: { incident: Filed; attacks: string[] }[] = [];
  for (let next = 0; next < answers.length; next += perReport) {
    const part = answers.slice(next, next + perReport);
    const facts: Record<string, unknown> = { "incident.kind": "ransomware", "service.sectors": ["energy.electricity"], "impact.serious_disruption": true };
    facts["incident.aware_at"] = new Date(Date.now() - 600_000).toISOString();
    part.forEach((attacks, index) => (facts[fields[index] ?? ""] = attacks.join("\n")));
    filed.push({ incident: await file(reporter, facts), attacks: part.flat() });
  }
  const broken = await watch(page, varsel.url);
  let seen = 0;
  for (const [who, address] of [
    ["reporter-energy", (incident: Filed) => `/incident/${incident.id}`],
    ["officer-sektorcert", (incident: Filed) => `/case/${caseOf(incident, "sektorcert")}`],
  ] as const) {
    await signIn(who);
    for (const { incident, attacks } of filed) {
      await page.goto(address(incident));
      const text = await mainText(page);
      seen += attacks.filter((attack) => text.includes(shown(attack))).length;
    }
  }
  expect(broken).toEqual([]);
  expect(varsel.log).not.toContain(BROKEN_POLICY);
  // The reporter sees each; the officer those in the facts that are for the unit.
  expect(seen).toBeGreaterThan(answers.flat().length);
});

/** Ends whatever an attack left open in Markdown, so that it hides none of the next. */
const END = "\n\n-->?>]]></script></style></textarea></pre>\n\n";

test("thousands of attacks in the Markdown of a pack make no element that is not let through", async ({ page, varsel, signIn }) => {
  test.setTimeout(180_000);
  const administrator = await varsel.as("administrator");
  let left: string[] = [];
  const playbooks = new Set<string>();
  await receiveChanged(administrator, (files) => {
    const names = Object.keys(files).filter((name) => /^guidance\/(?!common)\w+\.da\.md$/.test(name)).sort();
    const sections = names.reduce((sum, name) => sum + (files[name]?.match(/^## /gm)?.length ?? 0), 0);
    // What stands in two braces is a template of the pack, and what begins so a section.
    const attacks = CORPUS.filter((text) => !/\{\{|\}\}|^##? /m.test(text));
    left = [...attacks];
    const each = Math.ceil(attacks.length / sections);
    for (const name of names) {
      playbooks.add(name.replace(/^guidance\/|\..*$/g, ""));
      const parts = (files[name] ?? "").split(/^(## .+)$/m);
      files[name] = parts
        .map((part, index) => (index > 0 && index % 2 === 0 ? `\n\n${left.splice(0, each).join(END)}${END}\n\n` : part))
        .join("");
    }
    expect(attacks.length - left.length).toBeGreaterThan(5_000);
  });
  expect(left).toEqual([]);
  const broken = await watch(page, varsel.url);
  await signIn("administrator");
  const strange: string[] = [];
  let elements = 0;
  // The version is fetched once, and large; its pages then have it.
  page.setDefaultTimeout(90_000);
  await page.goto(`/law/${NEXT}/guidance`);
  for (const playbook of playbooks) {
    await page.locator(`main a[href$="/guidance/${playbook}"]`).first().click();
    await expect(page.locator(".law-prose").first()).toBeVisible({ timeout: 90_000 });
    const found = await page.locator(".law-prose").evaluateAll(unknownParts);
    strange.push(...found.strange);
    elements += found.elements;
    await page.goBack();
  }
  expect(strange).toEqual([]);
  expect(broken).toEqual([]);
  expect(varsel.log).not.toContain(BROKEN_POLICY);
  expect(elements).toBeGreaterThan(1_000);
});

/** In the page: what stands in these elements that is not a tag, attribute or scheme that the server lets through. */
function unknownParts(roots: Element[]): { elements: number; strange: string[] } {
  const tags = new Set(["P", "BR", "UL", "OL", "LI", "STRONG", "EM", "CODE", "PRE", "BLOCKQUOTE", "A", "H2", "H3", "H4", "H5", "H6"]);
  const strange: string[] = [];
  let elements = 0;
  for (const element of roots.flatMap((root) => [...root.querySelectorAll("*")])) {
    elements += 1;
    const names = element.getAttributeNames().filter((name) => !["href", "rel", "start", "target", "class"].includes(name));
    const scheme = element instanceof HTMLAnchorElement && element.href ? element.protocol : "https:";
    if (!tags.has(element.tagName) || names.length > 0 || !["https:", "mailto:", "tel:"].includes(scheme)) strange.push(element.outerHTML.slice(0, 200));
  }
  return { elements, strange };
}
