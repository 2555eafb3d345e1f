// One's own account: who one is, where one is signed in, and ending that, in the demo and with a real provider.
import { test as base, type Browser, type Page } from "@playwright/test";
import { inLiveHouse } from "../fixtures/live.ts";
import { run, type VarselServer } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";

test("one sees where one is signed in and ends the others with the keyboard alone", async ({ page, browser, varsel, signIn, axe }) => {
  await signIn("officer-sektorcert");
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.request.post(`${varsel.url}/demo/sign-in`, { data: { person: "officer-sektorcert" } });
  await elsewhere.goto(`${varsel.url}/queue/sektorcert`);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toContainText("SektorCERT");

  await page.goto("/");
  await page.getByRole("link", { name: /^Min konto:/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Min konto" })).toBeVisible();
  await expect(page.getByText("Sagsbehandler", { exact: true })).toBeVisible();
  const cards = page.getByRole("listitem").filter({ hasText: "Begyndt" });
  await expect(cards).toHaveCount(2);
  await expect(cards.filter({ hasText: "Den, du bruger nu" })).toHaveCount(1);
  await expect(cards.first()).toContainText(/Chrome|Firefox|Safari/);
  await axe();
  await page.getByRole("button", { name: "Log alle andre ud" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Logget ud.", { exact: true })).toBeVisible();
  await expect(cards).toHaveCount(1);
  // The other browser hears of it by itself, keeps its page, and offers to sign in.
  await expect(elsewhere.getByText("Du er logget ud", { exact: true })).toBeVisible();
  await expect(elsewhere.getByRole("heading", { level: 1 })).toContainText("SektorCERT");
  await elsewhere.context().close();
});

test("the first administrator comes in by a token, and a wrong one is explained", async ({ page, varsel, signIn, axe, database }) => {
  test.skip(database === "postgres", "the command is given the data folder");
  await signIn("duty-officer");
  await page.goto("/account/bootstrap");
  await page.getByRole("button", { name: "Bliv administrator" }).click();
  await expect(page.getByRole("alert")).toHaveText("Skriv koden.");
  await page.getByRole("textbox", { name: "Kode" }).fill("guessed");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("30 minutter");
  await axe();
  const { stdout } = await run(["admin", "bootstrap", "--data", varsel.data, "--force", "--reason", "a test"]);
  await page.getByRole("textbox", { name: "Kode" }).fill(stdout.split("\n")[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Du er nu administrator.")).toBeVisible();
  await page.getByRole("link", { name: "Gå til min konto" }).click();
  await expect(page.getByText("Administrator", { exact: true })).toBeVisible();
});

async function signInAs(page: Page, varsel: VarselServer, name: string): Promise<void> {
  await page.goto(`${varsel.url}/sign-in`);
  await page.getByRole("link", { name }).click();
  await page.waitForURL(`${varsel.url}/**`);
  await expect(page.getByRole("banner")).toContainText(name);
}

const another = async (browser: Browser) => (await browser.newContext({ locale: "da-DK" })).newPage();

base("a real provider signs people in with new keys, out in both directions, and shows again who they are", async ({ page, browser }) => {
  base.setTimeout(90_000);
  const people = [
    { sub: "astrid", name: "Astrid Ærø", cvr: "13748136", organization_name: "Nordvind Elnet A/S" },
    { sub: "bo", name: "Bo Å", varsel_unit: "sektorcert" },
  ];
  await inLiveHouse(people, async ({ varsel, provider }) => {
    await signInAs(page, varsel, "Astrid Ærø");
    await page.goto(`${varsel.url}/account`);
    for (const words of ["MitID Erhverv", "Substantial", "Nordvind Elnet A/S"]) await expect(page.getByRole("main")).toContainText(words);

    // Signing out here leads to the provider, which tells back and brings home; there, nobody is signed in any more.
    await page.getByRole("banner").getByRole("button").last().click();
    await page.getByRole("button", { name: "Sign out here, too" }).click();
    await page.waitForURL(`${varsel.url}/`);
    await page.goto(`${varsel.url}/sign-in`);
    await expect(page.getByRole("link", { name: "Bo Å" })).toBeVisible();

    // What another tab of the provider ends, ends here: the server is told, not the browser.
    await signInAs(page, varsel, "Astrid Ærø");
    const tab = await page.context().newPage();
    await tab.goto(`${provider.issuer}/session/end?client_id=varsel`);
    await tab.getByRole("button", { name: "Sign out here, too" }).click();
    await expect(async () => {
      await page.goto(varsel.url);
      await expect(page.getByRole("link", { name: /^(Log ind|Sign in)$/ })).toBeVisible({ timeout: 1_000 });
    }).toPass();

    provider.rotateKeys();
    const officer = await another(browser);
    await signInAs(officer, varsel, "Bo Å");
    // Whoever is to show who they are is asked by the provider, signed in there or not, and comes back as themselves only.
    await officer.goto(`${varsel.url}/sign-in/again?next=/signed-in`);
    await officer.getByRole("link", { name: "Astrid Ærø" }).click();
    await expect(officer.getByText("Du loggede ind som en anden")).toBeVisible();
    await officer.goto(`${varsel.url}/sign-in/again?next=/signed-in`);
    await officer.getByRole("link", { name: "Bo Å" }).click();
    await expect(officer.getByRole("heading", { level: 1, name: "Du er logget ind igen" })).toBeVisible();
    await expect(officer.getByRole("banner")).toContainText("Bo Å");
    await officer.context().close();
  });
});
