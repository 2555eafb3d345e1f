import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

test("anybody reads the rules: from the footer to one time limit and its law, in both languages", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "Reglerne" }).click();
  await expect(heading(page, "Reglerne")).toBeFocused();
  await page.getByRole("link", { name: /^Læs version 2026\.1/ }).click();
  await expect(heading(page, "Reglerne, version 2026.1")).toBeFocused();
  await page.getByRole("link", { name: "Regelsæt", exact: true }).click();
  await page.getByRole("link", { name: "Anmeldelse af brud på persondatasikkerheden" }).click();
  const limits = page.getByRole("table", { name: "Indberetninger og frister" });
  await expect(limits).toContainText("72 timer");
  await expect(limits).toContainText("GDPR art. 33(1)");
  await expect(page.getByRole("region", { name: "Retsgrundlag" }).getByRole("link").first()).toHaveAttribute("href", /^https:\/\//);
  await expect(page.getByRole("region", { name: "Reglen i ord" })).not.toBeEmpty();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("table", { name: "Reports and time limits" })).toContainText("72 hours");
});

test("a search finds a unit by its name, and leads to its place", async ({ page }) => {
  await page.goto("/law/2026.1");
  await page.getByRole("searchbox", { name: "Søg i denne version" }).fill("energistyr");
  await page.getByRole("link", { name: "Energistyrelsen" }).click();
  await expect(page).toHaveURL(/\/law\/2026\.1\/units#unit-ens$/);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Energistyrelsen", exact: true }) });
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect(row.getByRole("link", { name: "beredskab@ens.dk" })).toBeVisible();
});

test("every regime and every playbook has a page", async ({ page, varsel }) => {
  test.setTimeout(180_000);
  const query = '{ packVersion(version: "2026.1") { content { regimes { id } playbooks { id } } } }';
  const client = await varsel.as();
  const { packVersion } = await client.graphql<{
    packVersion: { content: { regimes: { id: string }[]; playbooks: { id: string }[] } };
  }>(query);
  const { regimes, playbooks } = packVersion.content;
  expect(regimes.length).toBeGreaterThan(10);
  for (const { id } of regimes) {
    await page.goto(`/law/2026.1/regimes/${id}`);
    await expect(page.getByRole("table", { name: "Indberetninger og frister" })).toBeVisible();
  }
  for (const { id } of playbooks) {
    await page.goto(`/law/2026.1/guidance/${id}`);
    await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  }
});

test("a stranger cannot tell a version that is not there from one that is not for strangers", async ({ page }) => {
  await page.goto("/law/2026.2");
  await expect(page.getByRole("alert")).toContainText("findes ikke, eller du har ikke adgang til den");
  await page.goto("/rules");
  await expect(page.getByRole("main")).toContainText("Denne side er for administratorer.");
});

test("what if: a fact is added by keyboard, and the page shows what it changed and why @phone", async ({ page, isMobile }) => {
  await page.goto("/law/try");
  await page.getByRole("searchbox", { name: "Tilføj en oplysning" }).fill("personoplysninger");
  const add = page.getByRole("button", { name: /^Tilføj:/ }).first();
  if (isMobile) await add.tap();
  else {
    await page.keyboard.press("Tab");
    await expect(add).toBeFocused();
    await page.keyboard.press("Enter");
  }
  const stated = page.getByRole("region", { name: "Oplysninger om hændelsen" });
  await expect(stated.locator(":focus")).toHaveCount(1);
  await stated.getByRole("radio", { name: "Ja", exact: true }).first().check();
  const changed = page.getByRole("region", { name: "Det ændrede sig" });
  await expect(changed).toContainText("ikke angivet → Ja");
  await expect(changed.getByRole("table").first()).toBeVisible();
  await changed.getByText("Hvorfor?").first().click();
  await expect(changed.locator(".cite").first()).toBeVisible();

  await page.reload();
  await expect(stated.getByRole("radio", { name: "Ja", exact: true }).first()).toBeChecked();
  await stated.getByRole("button", { name: /^Fjern / }).click();
  await expect(page.getByText("Ingen oplysninger endnu.")).toBeVisible();
});

test("what if: pasted JSON is assessed; broken JSON is told with its place, and loses nothing", async ({ page }) => {
  await page.goto("/law/try");
  await page.getByText("Oplysningerne som JSON").first().click();
  const box = page.getByRole("textbox", { name: "Oplysningerne som JSON" });
  await box.fill('{\n  "incident.kind": "ransomware",\n  "incident.cyber": true,\n}');
  await page.getByRole("button", { name: "Brug" }).click();
  await expect(page.getByText(/ikke gyldig JSON.*linje 4, tegn 1/)).toBeVisible();
  await expect(box).toHaveValue(/ransomware/);
  await box.fill('{"incident.kind": "ransomware", "service.sectors": ["energy.electricity"]}');
  await page.getByRole("button", { name: "Brug" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 oplysninger er indsat." })).toBeVisible();
  await expect(page.getByRole("region", { name: "Hele vurderingen efter version 2026.1" })).toContainText("SektorCERT");
});

test("printed, a regime has its law's addresses and none of the navigation", async ({ page }) => {
  await page.goto("/law/2026.1/regimes/gdpr_33");
  await expect(page.getByRole("region", { name: "Retsgrundlag" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  const after = await page
    .getByRole("region", { name: "Retsgrundlag" })
    .getByRole("link")
    .first()
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(after).toContain("https://");
});
