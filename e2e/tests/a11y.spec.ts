import type { Page } from "@playwright/test";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { addressOf, PAGES, type Language } from "../fixtures/pages.ts";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import { expect, test } from "../fixtures/test.ts";
import { anHourAgo, hoursAfter } from "../fixtures/time.ts";

for (const each of PAGES) {
  test(`the ${each.name} is accessible and valid in both languages @phone`, async ({ page, varsel, signIn, axe }) => {
    // The longest pages have thousands of elements, and axe looks at each in both languages.
    test.setTimeout(180_000);
    if (each.as) await signIn(each.as);
    const address = await addressOf(each, varsel);
    for (const language of ["da", "en"] as const) {
      await speak(page, varsel.url, language);
      // From elsewhere: to go to an address with a # that is open already loads nothing.
      await page.goto("about:blank");
      await page.goto(address);
      const heading = page.getByRole("heading", { level: 1, name: each.title[language] });
      await expect(heading).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page).toHaveTitle(`${await heading.textContent()} – Varsel`);
      await sound(page, axe);
    }
  });
}

test("every step of the questionnaire is accessible and valid, with its errors too @phone", async ({ page, varsel, axe }) => {
  test.setTimeout(180_000);
  await speak(page, varsel.url, "da");
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
  await form.write(Q.description, "Borger 010190-1234 er ramt.");
  await form.next();
  await form.moment(Q.aware, hoursAfter(anHourAgo(), 48));
  await page.goto("/report?step=services");
  await form.search(Q.sectors, "elektri", "Elektricitet");
  await expect(form.panel).toContainText("SektorCERT");
  const steps = page.getByRole("navigation", { name: "Trin i indberetningen" }).locator("a");
  const addresses = await steps.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(addresses.length).toBeGreaterThanOrEqual(6);
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    if (address.includes("step=when")) {
      await page.getByRole("button", { name: /^Gem og/ }).click();
      await expect(page.getByRole("alert")).toBeFocused();
    }
    await sound(page, axe);
  }
});

test("the skip link comes first and leads past the header", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Gå til indhold" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Gå til indhold" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
});

test("after each navigation the focus is on the heading of the new page", async ({ page }) => {
  await page.goto("/");
  const heading = page.getByRole("heading", { level: 1 });
  await page.getByRole("link", { name: "Indberet en hændelse" }).click();
  await expect(heading).toHaveText("Hvad er der sket?");
  await expect(heading).toBeFocused();
  await page.getByRole("button", { name: "Gem og fortsæt" }).click();
  await expect(heading).toHaveText("Hvornår?");
  await expect(heading).toBeFocused();
  await page.goBack();
  await expect(heading).toHaveText("Hvad er der sket?");
  await expect(heading).toBeFocused();
  await page.getByRole("link", { name: "Tilgængelighed" }).click();
  await expect(heading).toHaveText("Tilgængelighed");
  await expect(heading).toBeFocused();
});

async function speak(page: Page, url: string, language: Language): Promise<void> {
  await page.context().addCookies([{ name: "lang", value: language, url }]);
}

/** With everything unfolded: what is hidden at first must be right as well. */
async function sound(page: Page, axe: () => Promise<void>): Promise<void> {
  await page.locator("details").evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
}
