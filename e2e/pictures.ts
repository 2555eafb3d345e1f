// Takes the pictures of the README from a demo server: `npm run pictures` writes docs/images/*.png.
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import config from "./playwright.config.ts";
import { proposeNext } from "./fixtures/pack.ts";
import { TRIAL } from "./fixtures/pages.ts";
import { Q, Questionnaire } from "./fixtures/questionnaire.ts";
import { caseOf, newestIncident } from "./fixtures/report.ts";
import { VarselServer } from "./fixtures/server.ts";
import { anHourAgo } from "./fixtures/time.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/images");
const SIZES = { "": { width: 1280, height: 860 }, "-phone": { width: 390, height: 844 } };

type Picture = { name: string; as?: string; open: (page: Page, varsel: VarselServer) => Promise<unknown> };

const incidentOf = async (varsel: VarselServer) => newestIncident(await varsel.as("reporter-energy"));

const PICTURES: Picture[] = [
  { name: "start", open: (page) => page.goto("/") },
  { name: "report", as: "reporter-energy", open: (page) => halfAnswered(page) },
  { name: "receipt", as: "reporter-energy", open: async (page, varsel) => page.goto(`/incident/${(await incidentOf(varsel)).id}/receipt`) },
  { name: "incident", as: "reporter-energy", open: async (page, varsel) => page.goto(`/incident/${(await incidentOf(varsel)).id}`) },
  { name: "queue", as: "duty-officer", open: (page) => page.goto("/queue/csirt") },
  { name: "case", as: "officer-sektorcert", open: async (page, varsel) => page.goto(`/case/${caseOf(await incidentOf(varsel), "sektorcert")}`) },
  { name: "law", open: (page) => page.goto("/law/2026.1/regimes/nis2_dk") },
  { name: "try", open: (page) => tried(page) },
  {
    name: "change",
    as: "administrator-second",
    open: async (page, varsel) => page.goto(`/rules/change/${(await proposeNext(await varsel.as("administrator"))).id}`),
  },
];

/** A report with enough answers for the side panel to have something to say. */
async function halfAnswered(page: Page): Promise<void> {
  const form = new Questionnaire(page);
  await page.goto("/report");
  await page.getByRole("button", { name: "Dansk" }).click();
  await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
  await form.next();
  await form.moment(Q.aware, anHourAgo());
  await form.next();
  await form.search(Q.sectors, "elektri", "Elektricitet");
  await form.next();
  await form.choose(Q.serious, "Ja");
  await form.panel.getByRole("listitem").filter({ hasText: "Skal indberettes" }).first().waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "What is the impact?" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

/** A trial in which something has just changed. */
async function tried(page: Page): Promise<void> {
  await page.goto(TRIAL);
  const changed = page.getByRole("region", { name: "What changed" });
  await page.getByRole("region", { name: /^The whole assessment/ }).waitFor();
  await page.getByRole("group", { name: "Are personal data affected?" }).getByLabel("No", { exact: true }).check();
  await changed.getByRole("table").first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

async function take(browser: Browser, varsel: VarselServer, picture: Picture, suffix: keyof typeof SIZES): Promise<void> {
  const context = await browser.newContext({
    baseURL: varsel.url,
    viewport: SIZES[suffix],
    timezoneId: "Europe/Copenhagen",
    reducedMotion: "reduce",
  });
  await context.addCookies([{ name: "lang", value: "en", url: varsel.url }]);
  if (picture.as) await context.request.post("/demo/sign-in", { data: { person: picture.as } });
  const page = await context.newPage();
  await picture.open(page, varsel);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  await page.evaluate(async () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await document.fonts.ready;
  });
  await page.screenshot({ path: resolve(FOLDER, `${picture.name}${suffix}.png`), animations: "disabled", caret: "hide" });
  await context.close();
}

await mkdir(FOLDER, { recursive: true });
const varsel = await VarselServer.start();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  for (const picture of PICTURES) {
    await take(browser, varsel, picture, "");
    if (["start", "report", "receipt", "try"].includes(picture.name)) await take(browser, varsel, picture, "-phone");
  }
} finally {
  await browser.close();
  await varsel.stop();
}
