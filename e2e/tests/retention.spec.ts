// How long data is kept: an incident is held by two and let go by two, with the keyboard alone; and the report for the supervising
// authority is taken away, verified by the program, and read in a browser of its own.
import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { press, tabTo, type } from "../fixtures/keyboard.ts";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { file, ransomware } from "../fixtures/report.ts";
import { run } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";

const REASON = "Politiet har bedt om hændelsen i sag 0042.";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const field = (page: Page, name: string) => page.getByRole("textbox", { name });

test("two administrators hold an incident, and a third eye sees it, by keyboard alone @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(180_000);
  const { number } = await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("administrator");
  await page.goto("/access");
  await expect(heading(page, "Adgang")).toBeVisible();
  await press(page, page.getByRole("link", { name: "Hvor længe data opbevares" }));
  await expect(heading(page, "Hvor længe data opbevares")).toBeFocused();
  await expect(page.getByText("Intet er over sin frist.")).toBeVisible();
  await expect(page.getByText(/^Næste sletning: /)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Frister" }).locator("tbody tr")).toHaveCount(12);
  await axe();

  await press(page, page.getByRole("link", { name: "Foreslå at bevare en hændelse" }));
  await expect(heading(page, "Foreslå at bevare en hændelse")).toBeFocused();
  await press(page, page.getByRole("button", { name: "Foreslå", exact: true }));
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(3);
  await axe();
  await validateMarkup(page);

  // A number that nobody has: the field says so, and what was typed stays.
  await type(page, field(page, "Hændelsens nummer"), "V-1999-00001");
  await type(page, field(page, "Sidste dag"), "31.12.2028");
  await type(page, field(page, "Begrundelse"), REASON);
  await press(page, page.getByRole("button", { name: "Foreslå", exact: true }));
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("link", { name: /^Hændelsens nummer: Der er ingen hændelse/ })).toBeVisible();
  await expect(field(page, "Sidste dag")).toHaveValue("31.12.2028");
  await expect(field(page, "Begrundelse")).toHaveValue(REASON);
  await axe();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(field(page, "Hændelsens nummer")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(number);
  await press(page, page.getByRole("button", { name: "Foreslå", exact: true }));

  await expect(heading(page, new RegExp(`^Bevar ${number}`))).toBeFocused();
  const change = page.url();
  await signIn("administrator-second");
  await page.goto(change);
  const what = page.getByRole("region", { name: "Det bliver udført" });
  for (const part of [number, REASON, /søndag 31\. december 2028/]) await expect(what).toContainText(part);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await press(page, page.getByRole("button", { name: "Godkend" }));
  await page.getByRole("dialog").getByRole("button", { name: "Ja, godkend" }).press("Enter");
  await expect(page.getByText("Ændringen er godkendt.")).toBeVisible();

  await signIn("security-officer");
  await page.goto("/retention");
  const row = page.getByRole("row").filter({ hasText: number });
  await expect(row).toContainText("søndag 31. december 2028");
  await expect(row).toContainText(REASON);
  await expect(page.getByRole("link", { name: /Foreslå/ })).toHaveCount(0);
  await axe();

  await signIn("administrator");
  await page.goto("/retention");
  await expect(page.getByRole("row").filter({ hasText: number })).toBeVisible();
  await press(page, page.getByRole("link", { name: `Foreslå at ophæve bevaringen af ${number}` }));
  await expect(heading(page, "Foreslå at ophæve en bevaring")).toBeFocused();
  await expect(field(page, "Hændelsens nummer")).toHaveValue(number);
  await expect(field(page, "Sidste dag")).toHaveCount(0);
  await type(page, field(page, "Begrundelse"), "Sagen er afsluttet hos politiet.");
  await tabTo(page, page.getByRole("button", { name: "Foreslå", exact: true }));
  await page.keyboard.press("Enter");
  await expect(heading(page, new RegExp(`^Lad ${number} blive slettet`))).toBeFocused();
  await expect(page.getByRole("region", { name: "Det bliver udført" })).toContainText("bliver ikke længere bevaret");
  await axe();
});

test("the report is downloaded, verified by the program, and good to read as it lies there @phone", async ({ page, varsel, signIn, axe }, info) => {
  await signIn("security-officer");
  await page.goto("/access");
  await page.getByRole("link", { name: "Rapport til tilsynsmyndigheden" }).press("Enter");
  await expect(heading(page, "Rapport til tilsynsmyndigheden")).toBeFocused();

  await field(page, "Til og med").fill("31.2.2026");
  await page.getByRole("button", { name: /HTML/ }).press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(field(page, "Til og med")).toHaveValue("31.2.2026");
  await axe();
  await field(page, "Til og med").fill("");

  const { stdout } = await run(["log", "key", "--data", varsel.data]);
  const verify = (path: string) => run(["compliance", "verify", path, "--key", stdout.trim()]);
  for (const [button, form] of [[/HTML/, "html"], [/JSON/, "json"], [/^Hent som tekst/, "txt"]] as const) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).press("Enter")]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^varsel-report-\\d{4}-\\d\\d-\\d\\d\\.${form}$`));
    const path = info.outputPath(`report.${form}`);
    await download.saveAs(path);
    await expect(page.getByText(`Rapporten er hentet: ${download.suggestedFilename()}`)).toBeVisible();
    await axe();
    if (form !== "txt") {
      const [signature] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /^Gem underskriften/ }).press("Enter"),
      ]);
      expect(signature.suggestedFilename()).toBe(`${download.suggestedFilename()}.sig`);
      await signature.saveAs(`${path}.sig`);
    }
    const verified = await verify(path);
    expect(verified.stdout, verified.stderr).toContain("Nothing was changed");
    const report = await readFile(path, "utf8");
    const forged = info.outputPath(`forged.${form}`);
    await writeFile(forged, report.replace("2026", "2025"));
    if (form !== "txt") await writeFile(`${forged}.sig`, await readFile(`${path}.sig`));
    expect((await verify(forged)).stdout).toContain("was changed after it was signed");
  }
  await validateMarkup(page);

  // The document itself, as a supervisor opens it from a disk.
  await page.goto(`file://${info.outputPath("report.html")}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "da");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
});

test("the report reads as well in English, and that it was made is in the log of use", async ({ page, varsel, signIn, axe }, info) => {
  await page.context().addCookies([{ name: "lang", value: "en", url: varsel.url }]);
  await signIn("administrator");
  await page.goto("/compliance");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /HTML/ }).click()]);
  const path = info.outputPath("report.html");
  await download.saveAs(path);
  await page.goto(`file://${path}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);

  await signIn("security-officer");
  await page.goto(`${varsel.url}/uses`);
  await page.getByRole("textbox", { name: "Number of the case" }).fill("2026-17");
  await page.getByRole("textbox", { name: "Number of the case" }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: /\(administrator\) made the report for the supervising authority/ }).first()).toBeVisible();
});

test("nobody else sees what is kept, nor gets the report", async ({ page, varsel, signIn, axe }) => {
  await signIn("duty-officer");
  for (const path of ["/retention", "/compliance"]) {
    await page.goto(path);
    await expect(page.getByText("Siden er for administratorer og sikkerhedsansvarlige.")).toBeVisible();
    await axe();
  }
  for (const path of ["/retention/hold", "/retention/lift"]) {
    await page.goto(path);
    await expect(page.getByText(/^Denne side er for administratorer/)).toBeVisible();
  }
  const status = await page.evaluate(async (url) => (await fetch(`${url}/compliance-report.html`)).status, varsel.url);
  expect(status).toBe(404);
});
