import type { Page, Request } from "@playwright/test";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import type { ApiClient } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";
import { anHourAgo } from "../fixtures/time.ts";

const STORY = "Sætningen, som ikke må forsvinde.";

test("a reload in the middle keeps every answer, also half a date", async ({ page }) => {
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
  await form.write(Q.description, STORY);
  await form.next();
  await form.group(Q.aware).getByLabel("Dag", { exact: true }).fill("24");
  await expect(page.getByRole("status").filter({ hasText: "Kladden er gemt i denne fane kl." })).toBeVisible();
  await page.reload();
  await expect(form.group(Q.aware).getByLabel("Dag", { exact: true })).toHaveValue("24");
  await expect(page.getByText("Jeres kladde er hentet frem igen.")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel(Q.description, { exact: true })).toHaveValue(STORY);
  await expect(form.group(Q.kind)).toContainText("Valgt: Ransomware eller anden digital afpresning");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Fortsæt jeres kladde" })).toBeVisible();
});

test("a change of language in the middle changes the texts and keeps the answers", async ({ page }) => {
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.write(Q.description, STORY);
  await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What has happened?" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByLabel("Tell us briefly what has happened")).toHaveValue(STORY);
  const kind = page.getByRole("group", { name: "What does it look most like?" });
  await expect(kind).toContainText("Chosen: Ransomware or other digital extortion");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByLabel("Tell us briefly what has happened")).toHaveValue(STORY);
});

test("signing in in the middle leads back to the answers", async ({ page }) => {
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.write(Q.description, STORY);
  await form.toCheck();
  await page.getByRole("link", { name: "Log ind for at sende" }).click();
  await page.getByRole("button", { name: /Karen Holm/ }).click();
  await form.onStep("Tjek jeres svar, før I sender");
  await expect(page.getByText(STORY)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send indberetningen" })).toBeVisible();
});

test("a server that stops while the report is sent leaves one incident", async ({ page, varsel, signIn }) => {
  await signIn("reporter-energy");
  const reporter = await varsel.as("reporter-energy");
  const before = await count(reporter);
  const keys = submittedKeys(page);
  const form = await readyToSend(page);

  await varsel.halt("SIGKILL");
  await form.send();
  await expect(page.getByRole("alert")).toContainText("Vi ved ikke, om indberetningen nåede frem");
  await varsel.startAgain();
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Vi ved ikke, om indberetningen nåede frem");
  await expect(page.getByText(STORY)).toBeVisible();
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" })).toBeVisible();

  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(await count(reporter)).toBe(before + 1);
});

test("an answer lost on the way back leads to the same receipt and to one incident", async ({ page, varsel, signIn }) => {
  await signIn("reporter-energy");
  const reporter = await varsel.as("reporter-energy");
  const before = await count(reporter);
  const keys = submittedKeys(page);
  const form = await readyToSend(page);

  let lost = false;
  await page.route("**/graphql", async (route) => {
    if (lost || !isSubmit(route.request())) return route.continue();
    lost = true;
    // The server takes the report; its answer does not arrive.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await form.send();
  await expect(page.getByRole("alert")).toContainText("intet bliver sendt to gange");
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" })).toBeVisible();
  await expect(page.getByText("Denne indberetning var allerede modtaget.")).toBeVisible();

  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(await count(reporter)).toBe(before + 1);
});

// What a server without room answers is proved where the disk is really full (backend/server/tests/it/fault/full.rs).
test("where the server has no room, the page says that nothing was received, keeps the answers and sends them later @phone", async ({
  page,
  varsel,
  signIn,
  axe,
}, info) => {
  await signIn("reporter-energy");
  const reporter = await varsel.as("reporter-energy");
  const before = await count(reporter);
  const keys = submittedKeys(page);
  const form = await readyToSend(page);
  const noRoom = { data: null, errors: [{ message: "no room", extensions: { code: "NO_ROOM", requestId: "req_1" } }] };
  await page.route("**/graphql", (route) =>
    isSubmit(route.request()) ? route.fulfill({ status: 503, json: noRoom }) : route.continue(),
  );
  await form.send();
  await expect(page.getByRole("alert")).toContainText("Indberetningen blev ikke modtaget: serveren har ikke plads");
  await axe();
  await page.screenshot({ path: info.outputPath("no-room.png"), fullPage: true });
  await page.unroute("**/graphql");
  await page.reload();
  await expect(page.getByText(STORY)).toBeVisible();
  await form.send();
  await expect(page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" })).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(await count(reporter)).toBe(before + 1);
});

async function readyToSend(page: Page): Promise<Questionnaire> {
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.write(Q.description, STORY);
  await form.next();
  await form.moment(Q.aware, anHourAgo());
  await form.toCheck();
  await form.restUnknown();
  return form;
}

const isSubmit = (request: Request): boolean => request.postData()?.includes("idempotencyKey") ?? false;

/** The idempotency keys that the page sends, as it sends them. */
function submittedKeys(page: Page): string[] {
  const keys: string[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/graphql") || !isSubmit(request)) return;
    keys.push((request.postDataJSON() as { variables: { input: { idempotencyKey: string } } }).variables.input.idempotencyKey);
  });
  return keys;
}

async function count(reporter: ApiClient): Promise<number> {
  const { incidents } = await reporter.graphql<{ incidents: { totalCount: number } }>("{ incidents { totalCount } }");
  return incidents.totalCount;
}
