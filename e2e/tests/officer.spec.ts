import type { Locator, Page } from "@playwright/test";
import { caseOf, file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

/** What counts as "at once", from the end of the submission to the screen. */
const AT_ONCE = 2_000;

const row = (page: Page, number: string): Locator => page.getByRole("row").filter({ hasText: number });

test("a report shows in the queue of its sector unit at once, without a reload, and moves nothing", async ({ page, varsel, signIn }) => {
  await signIn("officer-sektorcert");
  await page.goto("/queue/sektorcert");
  await expect(page.getByRole("heading", { level: 1, name: "Sagskø: SektorCERT" })).toBeVisible();
  await expect(page.getByText("Opdateres live")).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.allTextContents();

  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  const fresh = page.getByRole("button", { name: "1 ny sag – vis" });
  await expect(fresh).toBeVisible({ timeout: AT_ONCE });
  expect(await rows.allTextContents()).toEqual(before);
  await fresh.click();
  await expect(row(page, filed.number)).toContainText("Nordvind Elnet A/S");
  await expect(row(page, filed.number)).toContainText("Ny");
  await expect(fresh).toHaveCount(0);
});

test("while the list is paused changes wait, and come when it goes on", async ({ page, varsel, signIn }) => {
  await signIn("officer-sektorcert");
  await page.goto("/queue/sektorcert");
  await expect(page.getByText("Opdateres live")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await file(await varsel.as("reporter-energy"), ransomware());
  await expect(page.getByText("1 ændring venter")).toBeVisible({ timeout: AT_ONCE });
  await expect(page.getByRole("button", { name: /ny sag/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Start live" }).click();
  await expect(page.getByRole("button", { name: "1 ny sag – vis" })).toBeVisible();
});

test("when the server comes back the queue loads what was missed", async ({ page, varsel, signIn }) => {
  await signIn("officer-sektorcert");
  await page.goto("/queue/sektorcert");
  await expect(page.getByText("Opdateres live")).toBeVisible();
  await varsel.halt("SIGKILL");
  await expect(page.getByText("Forbindelsen er afbrudt.")).toBeVisible();
  await varsel.startAgain();
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  // Whoever was connected again before it was filed is told of it.
  const fresh = page.getByRole("button", { name: "1 ny sag – vis" });
  await expect(row(page, filed.number).or(fresh)).toBeVisible({ timeout: 20_000 });
  if (await fresh.isVisible()) await fresh.click();
  await expect(row(page, filed.number)).toBeVisible();
  await expect(page.getByText("Opdateres live")).toBeVisible();
});

test("the case page shows what the unit may see, and says that opening it is logged", async ({ page, varsel, signIn }) => {
  const filed = await file(await varsel.as("reporter-energy"), { ...ransomware(), description: "Kontrolrummet er nede." });
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  await expect(page.getByRole("heading", { level: 1, name: `Sag ${filed.number}` })).toBeVisible();
  await expect(page.getByText("Det bliver logget, at du har åbnet sagen.")).toBeVisible();
  const facts = page.getByRole("region", { name: "Oplysninger, som enheden må se" });
  await expect(facts).toContainText("Kontrolrummet er nede.");
  await expect(facts).toContainText("Ransomware");
  await expect(page.getByRole("region", { name: "Andre enheder på hændelsen" })).toContainText("Energistyrelsen");
  await page.getByRole("link", { name: "Til sagskøen" }).click();
  await expect(row(page, filed.number)).toBeVisible();
});

test("an authority whose law does not reach the incident cannot know that it exists", async ({ page, varsel, signIn }) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  const foreign = caseOf(filed, "sektorcert");
  await signIn("officer-datatilsynet");
  await page.goto("/queue/datatilsynet");
  await expect(page.getByText(/^\d+ sag(er)?$/)).toBeVisible();
  await expect(row(page, filed.number)).toHaveCount(0);
  for (const address of [`/case/${foreign}`, `/incident/${filed.id}`]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: "Siden findes ikke" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText(/findes ikke, eller (du|I) har ikke adgang til den/);
    await expect(page.getByRole("main")).not.toContainText(filed.number);
  }
  await page.goto("/queue/sektorcert");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(row(page, filed.number)).toHaveCount(0);
});

test("filters stand in the address and can be shared", async ({ page, varsel, signIn }) => {
  const reporter = await varsel.as("reporter-energy");
  const [filed, other] = [await file(reporter, ransomware()), await file(reporter, ransomware())];
  await signIn("officer-sektorcert");
  await page.goto("/queue/sektorcert");
  const filters = page.getByRole("form", { name: "Filtre" });
  await filters.getByLabel("Nummer eller organisation").fill(filed.number);
  await filters.getByLabel("Status").selectOption("Ny");
  await filters.getByRole("button", { name: "Vis" }).click();
  await expect(page).toHaveURL(/status=NEW/);
  await expect(page).toHaveURL(new RegExp(`text=.*${filed.number}`));
  await expect(row(page, filed.number)).toBeVisible();
  await expect(row(page, other.number)).toHaveCount(0);

  const shared = page.url();
  await page.getByRole("link", { name: "Nulstil filtre" }).click();
  await expect(row(page, other.number)).toBeVisible();
  await page.goto(shared);
  await expect(filters.getByLabel("Nummer eller organisation")).toHaveValue(filed.number);
  await expect(row(page, filed.number)).toBeVisible();
  await expect(row(page, other.number)).toHaveCount(0);
});

test("the way from the queue to a case needs no mouse", async ({ page, varsel, signIn }) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("officer-sektorcert");
  await page.goto("/");
  await tabTo(page, page.getByRole("link", { name: "Gå til sagskøen" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Sagskø: SektorCERT" })).toBeFocused();
  await expect(row(page, filed.number)).toBeVisible();
  await tabTo(page, row(page, filed.number).getByRole("link"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: `Sag ${filed.number}` })).toBeFocused();
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the focus never came to ${target.toString()}`);
}
