// Critical settings: who edits the configuration alone changes nothing; two administrators adopt what it says, by keyboard alone.
import type { Page } from "@playwright/test";
import { press, type } from "../fixtures/keyboard.ts";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { expect, test } from "../fixtures/test.ts";

const REASON = "Vi har aftalt kortere frister med tilsynet.";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const deadlines = (page: Page) => page.getByRole("region", { name: "Slettefrister" });

test("a deadline that was shortened in the configuration holds when two have adopted it @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(180_000);
  await signIn("administrator");
  await page.goto("/access");
  await press(page, page.getByRole("link", { name: "Kritiske indstillinger" }));
  await expect(heading(page, "Kritiske indstillinger")).toBeFocused();
  await expect(page.getByText("Gælder", { exact: true })).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^Foreslå/ })).toHaveCount(0);
  await axe();

  await varsel.halt();
  await varsel.startAgain({ VARSEL_RETENTION__JOB_DAYS: "8" });
  expect(varsel.log).toContain("these settings are not those that two administrators adopted");
  await signIn("administrator");
  await page.goto("/settings");
  await expect(deadlines(page).getByText("Venter på godkendelse")).toBeVisible();
  await expect(deadlines(page).locator(".answers-row", { hasText: "job_days" })).toContainText(/30\s*I stedet: 8/);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);

  const propose = page.getByRole("button", { name: "Foreslå at tage slettefristerne i brug" });
  await press(page, propose);
  await expect(page.getByText(/^Skriv 10 til 2000 tegn/)).toBeVisible();
  await type(page, page.getByRole("textbox", { name: "Begrundelse" }), REASON);
  await press(page, propose);
  await expect(heading(page, "Tag nye indstillinger i brug: slettefrister")).toBeFocused();
  const change = page.url();
  await expect(page.getByRole("button", { name: "Godkend" })).toHaveCount(0);

  await signIn("administrator-second");
  await page.goto(change);
  const what = page.getByRole("region", { name: "Det bliver udført" });
  const row = (name: string) => what.locator(".answers-row", { hasText: name });
  await expect(row("job_days")).toContainText(/30\s*→\s*bliver til\s*8/);
  await expect(row("incident_months")).toContainText("(uændret)");
  await expect(what).toContainText(REASON);
  await axe();
  await press(page, page.getByRole("button", { name: "Godkend" }));
  await page.getByRole("dialog").getByRole("button", { name: "Ja, godkend" }).press("Enter");
  await expect(page.getByText("Ændringen er godkendt.")).toBeVisible();
  await expect(row("job_days").getByRole("definition")).toHaveText("8");
  await expect(row("incident_months")).not.toContainText("uændret");

  await page.goto("/retention");
  await expect(page.getByRole("table", { name: "Frister" }).getByRole("row", { name: /opgaver/i })).toContainText("8 dage");
  await page.goto("/settings");
  await expect(deadlines(page).getByText("Gælder", { exact: true })).toBeVisible();
  await expect(deadlines(page).getByRole("link", { name: "Se godkendelsen" })).toBeVisible();
});

test("a security officer sees them, and what waits, and cannot propose @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(120_000);
  // By now somebody has edited the configuration again.
  await varsel.halt();
  await varsel.startAgain({ VARSEL_RETENTION__JOB_DAYS: "9" });
  await signIn("security-officer");
  await page.goto("/access");
  await press(page, page.getByRole("link", { name: "Kritiske indstillinger" }));
  await expect(heading(page, "Kritiske indstillinger")).toBeFocused();
  await expect(deadlines(page).getByText("Venter på godkendelse")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Foreslå/ })).toHaveCount(0);
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await axe();
  await press(page, page.getByRole("link", { name: "Til adgang" }));
  await expect(heading(page, "Adgang")).toBeFocused();
});

test("an officer of a unit is told that the page is not theirs", async ({ page, signIn }) => {
  await signIn("officer-sektorcert");
  await page.goto("/settings");
  await expect(heading(page, "Kritiske indstillinger")).toBeVisible();
  await expect(page.getByText("Siden er for administratorer og sikkerhedsansvarlige.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Slettefrister" })).toHaveCount(0);
});
