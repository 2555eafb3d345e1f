// Accounts of Varsel's own: invited, set up with a password and codes or a passkey, used, lost and closed.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { codeOf, giveDevice, inLocalHouse, type LocalHouse } from "../fixtures/local.ts";
import { BROKEN_POLICY } from "../fixtures/test.ts";

const PASSWORD = "fire gule kaniner løber";
const ADMINISTRATOR = ["--name", "Birgit Skov", "--email", "birgit@varsel.example", "--function", "administrator"];

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** The page has no violation and no part wider than a phone. */
async function accessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`), page.url()).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(390);
  if (process.env.PICTURES) {
    const name = `${new URL(page.url()).pathname.slice(1).replaceAll("/", "-")}-${Date.now()}`;
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-390.png`, fullPage: true });
    if (size) await page.setViewportSize(size);
    await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
}

/** Follows a link to the end with a password: the secret of the codes, and the recovery codes. */
async function choosePassword(page: Page, link: string): Promise<{ secret: string; codes: string[] }> {
  await page.goto(link);
  await expect(heading(page, "Vælg, hvordan du logger ind")).toBeVisible();
  const password = page.getByLabel("Adgangskode", { exact: true });
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await accessible(page);
  const secret = await page.locator(".code-secret").innerText();
  const code = page.getByLabel("De seks cifre, appen viser nu");
  await password.fill("for kort");
  await code.fill(codeOf(secret));
  await code.press("Enter");
  await expect(page.getByRole("alert")).toContainText("mindst 15 tegn");
  await password.fill("Varsel-Varsel-2026");
  await code.press("Enter");
  await expect(page.getByRole("alert")).toContainText("let at gætte");
  await page.getByRole("button", { name: "Vis: Adgangskode" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await password.fill(PASSWORD);
  await code.fill("000000");
  await code.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Koden passer ikke");
  await expect(password).toHaveValue(PASSWORD);
  await code.fill(codeOf(secret));
  await code.press("Enter");
  await expect(page.getByRole("heading", { name: "Dine gendannelseskoder" })).toBeVisible();
  const codes = await page.locator(".recovery-codes code").allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  await accessible(page);
  await page.getByRole("button", { name: "Jeg har gemt dem" }).click();
  await expect(heading(page, "Min konto")).toBeVisible();
  return { secret, codes };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button").last().click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Log ind" })).toBeVisible();
}

async function signIn(page: Page, url: string, password: string, code: string): Promise<void> {
  await page.goto(`${url}/sign-in?next=/account`);
  await page.getByLabel("Mailadresse").fill("birgit@varsel.example");
  await page.getByLabel("Adgangskode", { exact: true }).fill(password);
  await page.getByLabel("Kode fra appen, eller en gendannelseskode").fill(code);
  await page.keyboard.press("Enter");
}

/** No browser reported a broken policy, and no password stands in the log. */
function cleanLog({ varsel }: LocalHouse): void {
  expect(varsel.log).not.toContain(BROKEN_POLICY);
  expect(varsel.log).not.toContain(PASSWORD);
}

test("a password with codes: set up by link, used, and neither factor alone is enough", async ({ page }) => {
  test.setTimeout(120_000);
  await inLocalHouse(async (house) => {
    const { url } = house;
    const link = await house.invite(...ADMINISTRATOR);
    const { secret, codes } = await choosePassword(page, link);
    await expect(page.getByRole("main")).toContainText("Varsels egen konto");
    await accessible(page);
    await signOut(page);

    await page.goto(link);
    await expect(page.getByRole("alert")).toContainText("Linket er brugt");
    await page.goto(`${url}/sign-in`);
    await expect(page.getByLabel("Adgangskode", { exact: true })).toHaveAttribute("autocomplete", "current-password");
    await accessible(page);
    // The code with which it was set up has been taken; the next one counts already.
    const next = codeOf(secret, 1);
    for (const [password, code] of [[PASSWORD, "000000"], ["ikke den rigtige kode", next], [PASSWORD, codeOf(secret, -3)]] as const) {
      await signIn(page, url, password, code);
      await expect(page.getByRole("alert")).toContainText("passer ikke sammen");
    }
    await signIn(page, url, PASSWORD, next);
    await expect(heading(page, "Min konto")).toBeVisible();
    await signOut(page);
    await signIn(page, url, PASSWORD, next);
    await expect(page.getByRole("alert")).toContainText("koden er brugt");

    await signIn(page, url, PASSWORD, codes[0] ?? "");
    await expect(page.getByText("Du har 9 tilbage")).toBeVisible();
    await page.getByRole("button", { name: "Fortsæt" }).click();
    await expect(page.getByText("Du har 9 gendannelseskoder tilbage.")).toBeVisible();
    // The last way in stays.
    await page.getByRole("button", { name: "Fjern adgangskoden" }).click();
    await expect(page.getByRole("alert")).toContainText("eneste måde");
    cleanLog(house);
  });
});

const another = async (browser: Browser) => (await browser.newContext({ locale: "da-DK" })).newPage();

test("a passkey: an administrator invites, the person sets one up on a device and signs in with it", async ({ page, browser }) => {
  test.setTimeout(120_000);
  await inLocalHouse(async (house) => {
    const { url, mail } = house;
    await choosePassword(page, await house.invite(...ADMINISTRATOR));
    await page.goto(`${url}/accounts`);
    await expect(heading(page, "Varsels egne konti")).toBeVisible();
    await page.getByLabel("Navn", { exact: true }).fill("Bo Holm");
    await page.getByLabel("Mailadresse", { exact: true }).fill("bo@sektorcert");
    await page.getByLabel("Hvor hører personen til?").selectOption("unit");
    await page.getByLabel("Vælg en enhed").selectOption("sektorcert");
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByRole("alert")).toContainText("Skriv en mailadresse");
    await page.getByLabel("Mailadresse", { exact: true }).fill("bo@sektorcert.example");
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByText("Invitationen er sendt til bo@sektorcert.example")).toBeVisible();
    await accessible(page);

    const invitation = await mail.next(({ subject }) => subject === "Du er inviteret til Varsel");
    const link = /^http:\S+$/m.exec(invitation.text ?? "")?.[0] ?? "";
    const person = await another(browser);
    await giveDevice(person);
    await person.goto(link);
    await person.getByLabel("Navn på enheden").fill("Min telefon");
    await person.getByRole("button", { name: "Opret adgangsnøgle" }).click();
    await expect(heading(person, "Du er logget ind")).toBeVisible();
    await person.getByRole("button", { name: "Gå videre" }).click();
    await expect(person.getByText("Min telefon")).toBeVisible();
    await mail.next(({ subject }) => subject === "Din adgang til Varsel er ændret");
    await signOut(person);

    await person.goto(`${url}/sign-in?next=/account`);
    await person.getByRole("button", { name: "Log ind med adgangsnøgle" }).focus();
    await person.keyboard.press("Enter");
    await expect(heading(person, "Min konto")).toBeVisible();
    await expect(person.getByText(/^Sidst brugt/).first()).toBeVisible();
    // Showing again who one is.
    await person.goto(`${url}/sign-in/again?next=/signed-in`);
    await person.getByRole("button", { name: "Log ind med adgangsnøgle" }).click();
    await expect(heading(person, "Du er logget ind igen")).toBeVisible();

    // Closed by the administrator: out at once, and the passkey opens nothing.
    await page.reload();
    await page.getByRole("button", { name: "Luk kontoen: Bo Holm" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Luk kontoen" }).click();
    await expect(page.getByText("Kontoen er lukket: Bo Holm.")).toBeVisible();
    await person.goto(`${url}/sign-in`);
    await person.getByRole("button", { name: "Log ind med adgangsnøgle" }).click();
    await expect(person.getByRole("alert")).toContainText("kendes ikke her");
    await person.context().close();
    cleanLog(house);
  });
});
