// The log of use: an investigator finds out who saw an incident, with the keyboard alone, and takes evidence away that
// verifies on another machine.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { press, tabTo, type } from "../fixtures/keyboard.ts";
import { validateMarkup } from "../fixtures/markup.ts";
import { caseOf, file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

const run = promisify(execFile);
const varselBinary = process.env["VARSEL_BIN"] ?? "../target/debug/varsel";

test("an investigator finds who saw an incident, and the evidence verifies @phone", async ({ page, varsel, signIn, axe }, info) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(filed.number);

  await signIn("security-officer");
  await page.goto("/access");
  await page.getByRole("link", { name: "Loggen over anvendelser" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Loggen over anvendelser" })).toBeFocused();
  await axe();

  // Without a case number nothing is shown, and what was typed stays.
  await page.getByRole("textbox", { name: "Fra og med" }).fill("31.2.2026");
  await page.getByRole("button", { name: "Find anvendelser" }).press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("link", { name: "Skriv sagens nummer, højst 60 tegn." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Fra og med" })).toHaveValue("31.2.2026");
  await axe();

  await page.getByRole("textbox", { name: "Fra og med" }).fill("");
  await page.getByRole("textbox", { name: "Sagens nummer" }).fill("2026-17");
  await page.getByRole("textbox", { name: "Sagens nummer" }).press("Enter");
  const opened = page.getByRole("listitem").filter({ hasText: /\(sagsbehandler i sektorcert\) åbnede hændelsen V-2026-\d+ \(Nordvind/ });
  await expect(opened.first()).toBeVisible();
  await opened.first().getByRole("button", { name: /^Vis kun anvendelser ved/ }).press("Enter");
  await expect(page.getByText(/^Kun anvendelser ved .+\./)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "indberetter for" })).toHaveCount(0);
  await opened.first().getByText("Detaljer").click();
  await expect(opened.first().getByText("Som det står i loggen:")).toBeVisible();
  await axe();
  await validateMarkup(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /Hent som bevis/ }).press("Enter"),
  ]);
  const evidence = info.outputPath("uses.jsonl");
  await download.saveAs(evidence);
  const { stdout } = await run(varselBinary, ["log", "verify", evidence]);
  expect(stdout).toContain("Nothing was changed");
  expect(stdout).toContain("2026-17");
  const forged = info.outputPath("forged.jsonl");
  await writeFile(forged, (await readFile(evidence, "utf8")).replace("opened", "listed"));
  await expect(run(varselBinary, ["log", "verify", forged])).rejects.toThrow(/was changed after it was logged/);
});

test("a person and a kind of use are chosen before anything is listed, with the keyboard alone @phone", async ({ page, varsel, signIn, axe }) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(filed.number);

  await signIn("security-officer");
  await page.goto("/uses");
  await type(page, page.getByRole("textbox", { name: "Sagens nummer" }), "2026-18");
  const person = page.getByRole("searchbox", { name: "Person", exact: true });
  await type(page, person, "krogh");
  await page.keyboard.press("Enter");
  const hit = page.getByRole("button", { name: "Mads Krogh", exact: true });
  await expect(hit).toBeVisible();
  await axe();
  await validateMarkup(page);
  await press(page, hit);
  await expect(hit).toHaveCount(0);
  await expect(person).toBeFocused();
  await expect(person).toHaveValue("Mads Krogh");
  await expect(page.getByText(/^Valgt: Mads Krogh/)).toBeVisible();
  const kind = page.getByRole("combobox", { name: "Slags anvendelse" });
  await tabTo(page, kind);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(kind).toHaveValue("OPENED");
  await press(page, page.getByRole("button", { name: "Find anvendelser" }));

  await expect(page.getByText("Kun anvendelser ved Mads Krogh.")).toBeVisible();
  await expect(page.getByText("Kun denne slags: Åbnede en hændelse eller en sag.")).toBeVisible();
  const opened = page.getByRole("listitem").filter({ hasText: /Mads Krogh \(sagsbehandler i sektorcert\) åbnede/ });
  await expect(opened.first()).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "indberetter for" })).toHaveCount(0);
  for (const form of [/HTML/, /CSV/, /JSONL/]) {
    await expect(page.getByRole("link", { name: form })).toHaveAttribute("href", /person=person_[0-9a-f]{32}&kind=OPENED/);
  }
  await axe();
});

test("nobody else sees the log of use, nor its files", async ({ page, varsel, signIn, axe }) => {
  await signIn("duty-officer");
  await page.goto("/uses");
  await expect(page.getByText(/^Siden er for dem, der har fået til opgave at undersøge/)).toBeVisible();
  await axe();
  const status = await page.evaluate(async (url) => (await fetch(`${url}/uses.csv?case=1`)).status, varsel.url);
  expect(status).toBe(404);
});
