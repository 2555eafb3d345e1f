// Keys, and erasing at once: proposed by one, approved by another, and the effect seen, with the keyboard alone.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { press, type } from "../fixtures/keyboard.ts";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { file, ransomware } from "../fixtures/report.ts";
import { run, VarselServer } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";

const REASON = "Nogen kan have set nøglen i sag 0042.";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const field = (page: Page, name: string) => page.getByRole("textbox", { name });
const region = (page: Page, name: string) => page.getByRole("region", { name });

async function approve(page: Page) {
  await press(page, page.getByRole("button", { name: "Godkend" }));
  await page.getByRole("dialog").getByRole("button", { name: "Ja, godkend" }).press("Enter");
  await expect(page.getByText("Ændringen er godkendt.")).toBeVisible();
}

test("two administrators renew the keys of an organisation, by keyboard alone @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(180_000);
  await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("administrator");
  await page.goto("/access");
  await press(page, page.getByRole("link", { name: "Nøgler", exact: true }));
  await expect(heading(page, "Nøgler")).toBeFocused();
  await expect(page.getByRole("table", { name: "Rodnøgler, der er brug for" }).locator("tbody tr")).toHaveCount(1);
  await expect(page.getByText(/^Der er ingen rodnøgle at udskifte/)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);

  const send = page.getByRole("button", { name: "Foreslå fornyelsen" });
  await press(page, send);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await axe();
  // A number that nobody has: the field says so, and what was typed stays.
  await press(page, page.getByRole("radio", { name: "Én organisations" }), " ");
  await type(page, field(page, "Organisationens CVR-nummer"), "00000000");
  await type(page, region(page, "Forny organisationers nøgler").getByRole("textbox", { name: "Begrundelse" }), REASON);
  await press(page, send);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("link", { name: /^Organisationens CVR-nummer: Ingen organisation/ })).toBeVisible();
  await expect(region(page, "Forny organisationers nøgler").getByRole("textbox", { name: "Begrundelse" })).toHaveValue(REASON);
  await axe();
  // Within a group of radio buttons one goes by the arrows.
  await press(page, page.getByRole("radio", { name: "Én organisations" }), "ArrowDown");
  await expect(page.getByRole("radio", { name: "Alle organisationers" })).toBeChecked();
  await press(page, send);

  await expect(heading(page, "Forny nøglerne for alle organisationer")).toBeFocused();
  await expect(region(page, "Det bliver udført")).toContainText("Alle organisationers");
  const change = page.url();
  await signIn("administrator-second");
  await page.goto(change);
  const what = region(page, "Det bliver udført");
  for (const part of ["Alle organisationers", "Den gamle bliver destrueret", REASON]) await expect(what).toContainText(part);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await approve(page);

  await signIn("security-officer");
  await expect(async () => {
    await page.goto("/keys");
    await expect(page.getByRole("row").filter({ hasText: "Organisationers nøgler fornyet" })).toContainText("To administratorer", { timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: /Foreslå/ })).toHaveCount(0);
  await axe();
});

test("two administrators replace the root key, and the old one is needed no more", async ({ page, axe }) => {
  test.setTimeout(180_000);
  const before = await VarselServer.start();
  await before.halt();
  const retired = await readFile(join(before.data, "root.key"), "utf8");
  const made = (await run(["keys", "new-root"])).stdout.trim();
  const server = Object.assign(before, { options: { env: { VARSEL_KEYS__ROOT: made, VARSEL_KEYS__RETIRED: retired.trim() } } });
  await server.startAgain();
  try {
    const signIn = (handle: string) => page.goto(`${server.url}/demo/sign-in?person=${handle}`);
    await signIn("administrator");
    await page.goto(`${server.url}/keys`);
    await expect(page.getByText("Skal udskiftes")).toBeVisible();
    const replace = region(page, "Udskift rodnøglen");
    await replace.getByRole("button", { name: "Foreslå udskiftningen" }).press("Enter");
    await expect(replace.getByRole("textbox", { name: "Begrundelse" })).toBeFocused();
    await axe();
    await replace.getByRole("textbox", { name: "Begrundelse" }).fill(REASON);
    await replace.getByRole("button", { name: "Foreslå udskiftningen" }).press("Enter");
    await expect(heading(page, /^Sæt rodnøglen \w{8} i stedet for \w{8}$/)).toBeVisible();
    const change = page.url();
    await signIn("administrator-second");
    await page.goto(change);
    await expect(region(page, "Det bliver udført")).toContainText("kan fjernes fra serverne");
    await axe();
    await approve(page);
    await expect(async () => {
      await page.goto(`${server.url}/keys`);
      await expect(page.getByText("Rodnøgle udskiftet")).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(page.getByText("Skal udskiftes")).toHaveCount(0);
    const status = await run(["keys", "status", "--data", server.data], { VARSEL_KEYS__ROOT: made });
    expect(status.code, status.stdout).toBe(0);
  } finally {
    await server.stop();
  }
});

test("two administrators erase what an organisation reported at once, by keyboard alone @phone", async ({ page, varsel, signIn, axe }) => {
  test.setTimeout(180_000);
  const reporter = await varsel.as("reporter-bank");
  const { id, number } = await file(reporter, ransomware());
  const { incident } = await reporter.graphql<{ incident: { organisation: { cvr: string; name: string } } }>(
    "query($id: ID!) { incident(id: $id) { organisation { cvr name } } }",
    { id },
  );
  const { cvr, name } = incident.organisation;
  await signIn("administrator");
  await page.goto("/retention");
  await press(page, page.getByRole("link", { name: "Slet straks i en nødsituation" }));
  await expect(heading(page, "Foreslå at slette hændelser straks")).toBeFocused();
  await expect(page.getByText("Først bliver hændelsernes nøgler destrueret", { exact: false })).toBeVisible();
  await axe();
  const send = page.getByRole("button", { name: "Foreslå sletningen" });
  await press(page, page.getByRole("radio", { name: "Én organisations hændelser" }), " ");
  await type(page, field(page, "Organisationens CVR-nummer"), "00000000");
  await type(page, field(page, "Begrundelse"), REASON);
  // Not ticked: nothing is sent.
  await press(page, send);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText(["Sæt kryds ved, at du forstår, hvad der sker."]);
  await axe();
  await validateMarkup(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: /^Jeg forstår, at alle organisationens/ })).toBeFocused();
  await page.keyboard.press(" ");
  await press(page, send);
  await expect(page.getByRole("link", { name: /^Organisationens CVR-nummer: Ingen organisation/ })).toBeVisible();
  await expect(field(page, "Begrundelse")).toHaveValue(REASON);
  await expect(page.getByRole("checkbox", { name: /^Jeg forstår/ })).toBeChecked();
  await axe();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(field(page, "Organisationens CVR-nummer")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(cvr);
  await press(page, send);

  await expect(heading(page, new RegExp(`^Slet straks alle hændelser fra ${name}`))).toBeFocused();
  const change = page.url();
  await signIn("administrator-second");
  await page.goto(change);
  const what = region(page, "Det bliver udført");
  for (const part of [`Alle hændelser fra ${name}`, "Frister tæller ikke", REASON]) await expect(what).toContainText(part);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await approve(page);
  await axe();

  await signIn("reporter-bank");
  await expect(async () => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(number)).toHaveCount(0);
    await page.goto(`/incident/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).not.toContainText(number, { timeout: 2_000 });
  }).toPass();
});

test("nobody else sees the keys, nor proposes to erase", async ({ page, signIn, axe }) => {
  await signIn("duty-officer");
  await page.goto("/keys");
  await expect(page.getByText("Siden er for administratorer og sikkerhedsansvarlige.")).toBeVisible();
  await axe();
  await page.goto("/retention/erase");
  await expect(page.getByText(/^Denne side er for administratorer/)).toBeVisible();
  await signIn("security-officer");
  await page.goto("/retention/erase");
  await expect(page.getByText(/^Denne side er for administratorer/)).toBeVisible();
});
