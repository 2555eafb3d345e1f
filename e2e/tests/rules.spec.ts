// From a folder on a disk to the law in force: two administrators, and the officer whose case it changes.
import type { Page } from "@playwright/test";
import { headingsInOrder, validateMarkup } from "../fixtures/markup.ts";
import { brokenPack, letTheDayCome, NEXT, nextPack, proposeNext } from "../fixtures/pack.ts";
import { caseOf, file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";
import { fieldsOf, hoursAfter, inDanish } from "../fixtures/time.ts";

test.describe.configure({ mode: "serial" });

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

async function fillTime(page: Page, at: Date): Promise<void> {
  const { day, month, year, time } = fieldsOf(at);
  const fields = page.getByRole("group", { name: "Gælder fra" });
  await fields.getByLabel("Dag", { exact: true }).fill(day);
  await fields.getByLabel("Måned").fill(month);
  await fields.getByLabel("År").fill(year);
  await fields.getByLabel("Klokkeslæt").fill(time);
}

test("a broken pack is not received: file, line and what to write instead", async ({ page, signIn, axe }) => {
  await signIn("administrator");
  await page.goto("/rules");
  await page.getByLabel("Mappe med regelpakken").setInputFiles(await brokenPack());
  await page.getByRole("button", { name: "Send og kontrollér" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Pakken har" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "regimes/nis2_energy_dk.yaml" }).first();
  await expect(row).toContainText("fortnight");
  await expect(row).toContainText("ukendt ord");
  await expect(row.getByRole("cell").first()).toHaveText(/^\d+$/);
  await axe();
  await validateMarkup(page);
});

test("a version is received, compared and proposed; its proposer cannot approve it", async ({ page, signIn, axe }) => {
  await signIn("administrator");
  await page.goto("/");
  await page.getByRole("link", { name: "Venter på godkendelse", exact: true }).click();
  await expect(heading(page, "Venter på godkendelse")).toBeFocused();
  await page.getByLabel("Mappe med regelpakken").setInputFiles(await nextPack());
  await page.getByRole("button", { name: "Send og kontrollér" }).click();
  await expect(heading(page, `Udgiv version ${NEXT}`)).toBeFocused();
  const compared = page.getByRole("region", { name: "Det ændrer sig i forhold til 2026.1" });
  await expect(compared).toContainText("12 timer");
  await expect(compared).toContainText(/af 3 hændelser ville blive vurderet anderledes/);

  await page.getByRole("button", { name: "Foreslå" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  const from = hoursAfter(new Date(Math.floor(Date.now() / 60_000) * 60_000), 48);
  await fillTime(page, from);
  await expect(page.getByText(`Læst som: ${inDanish(from)} dansk tid`)).toBeVisible();
  await page.getByLabel("Begrundelse").fill("Kortere frist efter lovændringen.");
  await axe();
  await page.getByRole("button", { name: "Foreslå" }).click();

  await expect(heading(page, new RegExp(NEXT.replace(".", "\\.")))).toBeFocused();
  await expect(page.getByRole("region", { name: "Det bliver udført" })).toContainText(inDanish(from));
  await expect(page.getByText("Du har selv foreslået ændringen og kan derfor ikke godkende den.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Godkend" })).toHaveCount(0);
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await page.getByRole("button", { name: "Træk forslaget tilbage" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ja, træk det tilbage" }).click();
  await expect(page.getByText("Forslaget er trukket tilbage.")).toBeVisible();
});

test("another rejects with a reason, and whoever proposed can read it", async ({ page, varsel, signIn }) => {
  const { id } = await proposeNext(await varsel.as("administrator"));
  await signIn("administrator-second");
  await page.goto(`/rules/change/${id}`);
  await page.getByLabel("Hvorfor afviser du?").fill("Loven siger stadig 24 timer.");
  await page.getByRole("button", { name: "Afvis", exact: true }).click();
  await expect(page.getByText("Ændringen er afvist.")).toBeVisible();
  await signIn("administrator");
  await page.goto(`/rules/change/${id}`);
  await expect(page.getByText("Begrundelse for afgørelsen: Loven siger stadig 24 timer.")).toBeVisible();
});

test("another approves exactly what was proposed, by keyboard; everybody can then read what comes", async ({ page, varsel, signIn, axe }) => {
  const { id, payloadSha256 } = await proposeNext(await varsel.as("administrator"));
  await signIn("administrator-second");
  await page.goto("/rules");
  await page.getByRole("region", { name: "Venter på en beslutning" }).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(id));
  await page.getByText("Ændringen ord for ord, og dens fingeraftryk").click();
  await expect(page.getByText(`SHA-256 ${payloadSha256}`)).toBeVisible();
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await page.getByRole("button", { name: "Godkend" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await axe();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Ja, godkend" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ændringen er godkendt.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Godkend" })).toHaveCount(0);

  await page.getByRole("button", { name: "Log ud" }).click();
  await page.waitForURL("/");
  await page.goto("/law");
  await expect(page.getByRole("row").filter({ hasText: NEXT })).toContainText("Godkendt");
  await page.goto(`/law/${NEXT}/clocks`);
  await expect(page.getByText(/Denne version er godkendt og gælder fra/)).toBeVisible();
  await expect(page.getByRole("main")).toContainText("12 timer");
});

test("two versions beside each other differ in the changed clock for the same facts", async ({ page }) => {
  await page.goto("/law/try");
  await page.getByText("Oplysningerne som JSON").first().click();
  await page.getByRole("textbox", { name: "Oplysningerne som JSON" }).fill(JSON.stringify(ransomware()));
  await page.getByRole("button", { name: "Brug" }).click();
  await page.getByLabel("Sammenlign med").selectOption(NEXT);
  const differ = page.getByRole("region", { name: `Forskel på 2026.1 og ${NEXT}` });
  await expect(differ.getByRole("table", { name: /Pligter/ })).toContainText("Underretning inden for 24 timer");
});

test("the day comes: a running incident keeps its version until the lead's officer has seen and chosen the change", async ({ page, varsel, signIn, axe }) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  await letTheDayCome(varsel);
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  await expect(page.getByRole("link", { name: "Regelversion 2026.1" })).toBeVisible();
  await expect(page.getByText(new RegExp(`Vurderet efter regelversion 2026\\.1\\..* gælder ${NEXT.replace(".", "\\.")}`))).toBeVisible();
  await page.getByRole("button", { name: "Se, hvad der ville ændre sig" }).click();
  const effect = page.getByRole("region", { name: "Det ville ændre sig" });
  await expect(effect.getByRole("table")).toBeVisible();
  await axe();
  await validateMarkup(page);
  await headingsInOrder(page);
  await effect.getByRole("button", { name: `Vurdér efter ${NEXT}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ja, vurdér igen" }).click();
  await expect(page.getByText(`Hændelsen er nu vurderet efter regelversion ${NEXT}.`)).toBeVisible();
  await expect(page.getByRole("link", { name: `Regelversion ${NEXT}` })).toBeVisible();
  await expect(page.getByRole("region", { name: "Forløb" })).toContainText(NEXT);
});
