// Rejected attempts: from guessed tokens to the task that somebody closes with a reason, with the keyboard alone.
import { validateMarkup } from "../fixtures/markup.ts";
import { expect, test } from "../fixtures/test.ts";

test("guessed tokens close the way in, and a security officer finds out why @phone", async ({ page, varsel, signIn, axe, request }) => {
  const guess = () =>
    request.post(`${varsel.url}/graphql`, {
      data: { query: "{ me { id } }" },
      headers: { authorization: "Bearer varsel_guessed" },
    });
  for (let n = 0; n < 5; n++) expect((await guess()).status()).toBe(401);
  expect((await guess()).status()).toBe(429);

  await signIn("security-officer");
  await page.goto("/");
  await page.getByRole("link", { name: "Adgang", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Adgang" })).toBeFocused();
  await expect(page.getByRole("table").first()).toBeVisible();
  await page.getByRole("link", { name: "Afviste forsøg" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Afviste forsøg" })).toBeFocused();
  const task = page.getByRole("row").filter({ hasText: "Adresse 127.0.0.1" });
  await expect(task).toContainText("API-nøgle afvist");
  await expect(task).toContainText("Lukket til");
  await expect(page.getByRole("row").filter({ hasText: "Forsøg på lukket adgang" }).first()).toBeVisible();
  await axe();
  await validateMarkup(page);

  await page.getByRole("button", { name: /^Åbn adgangen for Adresse/ }).focus();
  await page.keyboard.press("Enter");
  await expect(task).toContainText("Åben igen");
  expect((await guess()).status()).toBe(401);
  await page.getByRole("button", { name: "Afslut de valgte opgaver" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Vælg mindst én opgave i tabellen.")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Vælg opgaven om/ }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("textbox", { name: "Hvad fandt I ud af?" }).fill("Kort");
  await page.getByRole("button", { name: "Afslut de valgte opgaver" }).press("Enter");
  await expect(page.getByText("Skriv 10 til 2.000 tegn.")).toBeVisible();
  await axe();
  await page.getByRole("textbox", { name: "Hvad fandt I ud af?" }).fill("Et script havde en gammel nøgle.");
  await page.getByRole("button", { name: "Afslut de valgte opgaver" }).press("Enter");
  await expect(page.getByText("Ingen åbne opgaver.")).toBeVisible();
  await page.getByRole("button", { name: "Vis alle opgaver" }).press("Enter");
  await expect(page.getByRole("row").filter({ hasText: "Et script havde en gammel nøgle." })).toBeVisible();
});

test("nobody else sees them, and everybody sees what was tried on their own account", async ({ page, signIn, axe }) => {
  await signIn("officer-sektorcert");
  await page.goto("/attempts");
  await expect(page.getByText("Siden er for sikkerhedsansvarlige og administratorer.")).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 2, name: "Afviste forsøg på din konto" })).toBeVisible();
  await expect(page.getByText("Ingen de sidste 30 dage.")).toBeVisible();
  await axe();
});
