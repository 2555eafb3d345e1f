// A special need: what the log of use tells of a person's acts is kept by two and released by two, with the keyboard alone.
import type { Page } from "@playwright/test";
import { press, type } from "../fixtures/keyboard.ts";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { expect, test } from "../fixtures/test.ts";
import { inDanish, isoDay } from "../fixtures/time.ts";

const NAME = "Mads Krogh";
const REASON = "Politiet har bedt om logposterne i sag 0042.";
const TITLE = "Logposter, der bevares ud over fristen";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const field = (page: Page, name: string) => page.getByRole("textbox", { name });
const region = (page: Page, name: string) => page.getByRole("region", { name });
const propose = (page: Page) => press(page, page.getByRole("button", { name: "Foreslå", exact: true }));

async function approve(page: Page) {
  await press(page, page.getByRole("button", { name: "Godkend" }));
  await page.getByRole("dialog").getByRole("button", { name: "Ja, godkend" }).press("Enter");
  await expect(page.getByText("Ændringen er godkendt.")).toBeVisible();
}

/** Fails on what a tool can tell of the page as it stands. */
async function sound(page: Page, axe: () => Promise<void>) {
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
}

test("two administrators keep the log of what a person did, and let go of it, by keyboard alone @phone", async ({ page, signIn, axe }) => {
  test.setTimeout(240_000);
  const now = new Date();
  const today = isoDay(now);
  await signIn("administrator");
  await page.goto("/access");
  await type(page, page.getByRole("searchbox", { name: "Find en person" }), NAME);
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("list").getByRole("link", { name: NAME }).first());
  await expect(heading(page, NAME)).toBeFocused();
  await axe();
  await press(page, page.getByRole("link", { name: "Bevar loggen over, hvad personen har gjort" }));
  await expect(heading(page, "Foreslå at bevare logposter")).toBeFocused();
  await expect(page.getByRole("definition").filter({ hasText: NAME })).toBeVisible();
  await propose(page);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(4);
  await sound(page, axe);

  // More than five years: the field says until when at the latest, and what was typed stays.
  await type(page, field(page, "Periodens første dag"), today);
  await type(page, field(page, "Periodens sidste dag"), today);
  await type(page, field(page, "Bevares til og med"), `1.1.${now.getFullYear() + 6}`);
  await type(page, field(page, "Begrundelse"), REASON);
  await propose(page);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("link", { name: /^Bevares til og med: Vælg .* eller en tidligere dag\.$/ })).toBeVisible();
  await expect(field(page, "Begrundelse")).toHaveValue(REASON);
  await axe();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(field(page, "Bevares til og med")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("31.12.2028");
  await propose(page);

  await expect(heading(page, new RegExp(`^Bevar logposterne om, hvad ${NAME} gjorde`))).toBeFocused();
  const change = page.url();
  await signIn("administrator-second");
  await page.goto(change);
  const what = region(page, "Det bliver udført");
  const words = [NAME, inDanish(now).split(" kl.")[0] ?? "", "søndag 31. december 2028", REASON];
  for (const part of [...words, "bliver stående ud over fristen på seks måneder"]) await expect(what).toContainText(part);
  await sound(page, axe);
  await approve(page);

  await signIn("security-officer");
  await page.goto("/retention");
  for (const part of words) await expect(region(page, TITLE).getByRole("row").filter({ hasText: NAME })).toContainText(part);
  await expect(region(page, TITLE).getByRole("link")).toHaveCount(0);
  await sound(page, axe);

  await signIn("administrator");
  await page.goto("/retention");
  const release = page.getByRole("link", { name: `Foreslå at ophæve bevaringen af logposterne om, hvad ${NAME} har gjort` });
  await expect(release).toBeVisible();
  await press(page, release);
  await expect(heading(page, "Foreslå at ophæve bevaringen af logposter")).toBeFocused();
  await expect(page.getByRole("definition").filter({ hasText: NAME })).toBeVisible();
  await propose(page);
  await expect(page.getByRole("alert")).toBeFocused();
  await sound(page, axe);
  await type(page, field(page, "Begrundelse"), "Sagen er afsluttet hos politiet.");
  await propose(page);
  await expect(heading(page, new RegExp(`^Ophæv al bevaring af logposter om ${NAME}`))).toBeFocused();
  const released = page.url();
  await signIn("administrator-second");
  await page.goto(released);
  await expect(region(page, "Det bliver udført")).toContainText("bliver ikke længere bevaret");
  await sound(page, axe);
  await approve(page);
  await page.goto("/retention");
  await expect(region(page, TITLE)).toContainText("Ingen logposter er bevaret ud over fristen.");
});

test("nothing is kept of nobody, of oneself, or by others than administrators @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(180_000);
  const administrator = await varsel.as("administrator");
  const own = await administrator.graphql<{ me: { id: string } }>("{ me { id } }");
  await signIn("administrator");
  for (const path of ["/retention/keep", "/retention/release"]) {
    await page.goto(path);
    await expect(page.getByText("Her mangler en person.")).toBeVisible();
    await sound(page, axe);
    await page.goto(`${path}?person=nobody`);
    await expect(page.getByText("Personen findes ikke.")).toBeVisible();
    await page.goto(`${path}?person=${own.me.id}`);
    await expect(page.getByText("Det er dine egne handlinger.")).toBeVisible();
    await axe();
    await expect(page.getByRole("button", { name: "Foreslå" })).toHaveCount(0);
  }
  await press(page, page.getByRole("link", { name: "Til oversigten over frister" }));
  const find = page.getByRole("link", { name: "Find personen under Adgang" });
  await expect(find).toBeVisible();
  await press(page, find);
  await expect(heading(page, "Adgang")).toBeFocused();

  await signIn("duty-officer");
  for (const path of ["/retention/keep", "/retention/release"]) {
    await page.goto(path);
    await expect(page.getByText(/^Denne side er for administratorer/)).toBeVisible();
  }
});
