// Reports that the law has filed elsewhere: prepared here, downloaded, and taken to where they belong.
import { readFile } from "node:fs/promises";
import type { Download } from "@playwright/test";
import { file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

const textOf = async (download: Download) => readFile((await download.path()) ?? "", "utf8");

test("a manufacturer takes the prepared report to ENISA's platform", async ({ page, varsel, signIn, axe }) => {
  const filed = await file(await varsel.as("reporter-energy"), {
    ...ransomware(),
    "org.manufacturer": true,
    "product.severe_incident": true,
    product_identity: "Nordvind Gateway 4",
  });
  await signIn("reporter-energy");
  await page.goto(`/incident/${filed.id}`);
  const clock = page.getByRole("listitem").filter({ hasText: "Alvorlig hændelse for et produkts sikkerhed (CRA)" }).first();
  await expect(clock).toContainText("Indberetningen kan ikke sendes herfra");
  await expect(clock.getByRole("link", { name: /^Indsend hos ENISA/ })).toHaveAttribute("href", /enisa\.europa\.eu/);

  const [text] = await Promise.all([
    page.waitForEvent("download"),
    clock.getByRole("link", { name: /^Hent den forberedte indberetning som tekst/ }).click(),
  ]);
  expect(text.suggestedFilename()).toBe(`${filed.number}-cra_incident-early_warning.da.txt`);
  const words = await textOf(text);
  expect(words).toContain("IKKE indsendt");
  expect(words).toContain("Nordvind Gateway 4");

  const [json] = await Promise.all([
    page.waitForEvent("download"),
    clock.getByRole("link", { name: /^Hent den som JSON/ }).click(),
  ]);
  const report = JSON.parse(await textOf(json)) as { incident: string; fields: { fact: string; value: unknown }[] };
  expect(report.incident).toBe(filed.number);
  expect(report.fields).toContainEqual(expect.objectContaining({ fact: "product_identity", value: "Nordvind Gateway 4" }));

  await axe();
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
