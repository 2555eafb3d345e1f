import type { Locator, Page } from "@playwright/test";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import { expect, test } from "../fixtures/test.ts";
import { anHourAgo, hoursAfter, inDanish, spokenInDanish } from "../fixtures/time.ts";

test("a stranger reports ransomware at an electricity company and knows what happens next @phone", async ({ page }) => {
  const aware = anHourAgo();
  const target = inDanish(hoursAfter(aware, 24));
  const form = new Questionnaire(page);
  /** The first steps say whom to reach and by when, before anything is unfolded. */
  const namesDesksAndTimes = async (guidance: Locator) => {
    await expect(guidance.getByRole("listitem").filter({ hasText: "Kontakt SektorCERT, som leder sagen" })).toBeVisible();
    await expect(guidance.getByRole("link", { name: "sektorcert.dk" })).toHaveAttribute("href", "https://sektorcert.dk");
    await expect(guidance.getByRole("link", { name: /^\+45\s3392\s6700$/ })).toHaveAttribute("href", "tel:+4533926700");
    await expect(guidance).toContainText(`Senest ${spokenInDanish(hoursAfter(aware, 72))}: `);
  };

  await test.step("signs in on the start page", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Log ind" }).click();
    await page.getByRole("button", { name: /Karen Holm/ }).click();
    await page.waitForURL("/");
    await expect(page.getByRole("banner")).toContainText("Karen Holm");
    await fits(page);
  });

  await test.step("answers what is known, and the side panel follows", async () => {
    await page.getByRole("link", { name: "Indberet en hændelse" }).click();
    await form.onStep("Hvad er der sket?");
    await expect(form.panel).toContainText("Svar på det første spørgsmål");
    await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
    await form.write(Q.description, "Servere i driftscentralen er krypteret.");
    await fits(page);
    await form.next();

    await form.onStep("Hvornår?");
    await form.moment(Q.aware, aware);
    await expect(form.group(Q.aware)).toContainText(`Læst som: ${inDanish(aware)} dansk tid`);
    await form.next();

    await form.onStep("Hvilke tjenester?");
    await expect(law(form, "Væsentlig hændelse i energisektoren")).not.toContainText("Skal indberettes");
    await form.search(Q.sectors, "elektri", "Elektricitet");
    await expect(form.panel).toContainText("SektorCERT");
    await fits(page);
    await form.next();

    await form.onStep("Hvad er konsekvensen?");
    await form.choose(Q.serious, "Ja");
    await expect(law(form, "Væsentlig hændelse i energisektoren")).toContainText("Skal indberettes");
    const duty = form.panel.getByRole("listitem").filter({ hasText: "Underretning inden for 24 timer" });
    await expect(duty).toContainText(`Senest ${target}`);
    await fits(page);
  });

  await test.step("checks the answers and sends", async () => {
    await form.toCheck();
    await expect(page.getByText("Intet er sendt endnu.")).toBeVisible();
    await expect(page.getByText("Servere i driftscentralen er krypteret.")).toBeVisible();
    await form.restUnknown();
    await fits(page);
    await form.send();
  });

  await test.step("gets a receipt that can be opened again", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" })).toBeFocused();
    await expect(page).toHaveURL(/\/incident\/incident_[0-9a-f-]+\/receipt\?filing=filing_[0-9a-f]+$/);
    const check = async () => {
      await expect(page.getByText(/^V-\d{4}-\d{5}$/)).toBeVisible();
      await expect(page.getByText(/^Modtaget \p{L}+dag \d+\. \p{L}+ \d{4} kl\.\s\d\d\.\d\d dansk tid$/u)).toBeVisible();
      const recipients = page.getByRole("region", { name: "Sendt til" });
      for (const unit of ["SektorCERT", "Energistyrelsen", "CSIRT"]) await expect(recipients).toContainText(unit);
      await expect(page.getByRole("region", { name: "Det næste" })).toContainText("Senest ");
      await namesDesksAndTimes(page.getByRole("region", { name: "Gør dette nu" }));
    };
    await check();
    await fits(page);
    await page.reload();
    await check();
  });

  await test.step("opens the incident: clocks, advice, answers, recipients", async () => {
    const number = await page.getByText(/^V-\d{4}-\d{5}$/).textContent();
    await page.getByRole("link", { name: "Gå til hændelsens side" }).click();
    const check = async () => {
      await expect(page.getByRole("heading", { level: 1, name: `Hændelse ${number}` })).toBeVisible();
      const clocks = page.getByRole("region", { name: "Frister" });
      await expect(clocks).toContainText(inDanish(hoursAfter(aware, 72)));
      await namesDesksAndTimes(page.getByRole("region", { name: "Det skal I gøre" }));
      await expect(page.getByRole("region", { name: "Svar" })).toContainText("Servere i driftscentralen er krypteret.");
      await expect(page.getByRole("region", { name: "Modtagere" })).toContainText("SektorCERT");
      await expect(page.getByRole("region", { name: "Forløb" }).getByRole("listitem").first()).toBeVisible();
    };
    await check();
    await fits(page);
    await page.reload();
    await check();
    await page.goto("/");
    await expect(page.getByRole("region", { name: "Jeres hændelser" })).toContainText(number ?? "");
    await expect(page.getByRole("link", { name: "Indberet en hændelse" })).toBeVisible();
  });
});

const law = (form: Questionnaire, name: string) => form.panel.getByRole("listitem").filter({ hasText: name }).last();

/** Nothing sticks out to the side. Asked through a locator: it waits for the document where a page is on its way. */
async function fits(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const { content, window } = await page.locator("html").evaluate((root) => ({ content: root.scrollWidth, window: root.clientWidth }));
  expect(content, page.url()).toBeLessThanOrEqual(window);
}
