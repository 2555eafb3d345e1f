// What is kept by administrators without a mouse: rights asked for, given, reviewed and closed, accounts, identity providers; the
// focus is always seen, and never lost.
import type { Page } from "@playwright/test";
import { expectFocus, press, tabTo, type } from "../fixtures/keyboard.ts";
import { codeOf, inLocalHouse } from "../fixtures/local.ts";
import { monthsPass } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe.configure({ timeout: 120_000 });

const BROKER_ISSUER = "https://broker.example/op";

/** An identity provider in the configuration of a server that knew none; two must trust it. */
const BROKER = {
  VARSEL_IDENTITY__PROVIDERS__MITID__ISSUER: BROKER_ISSUER,
  VARSEL_IDENTITY__PROVIDERS__MITID__CLIENT_ID: "varsel",
  VARSEL_IDENTITY__PROVIDERS__MITID__LABEL__DA: "MitID Erhverv",
  VARSEL_IDENTITY__PROVIDERS__MITID__LABEL__EN: "MitID Erhverv",
};

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function open(page: Page, address: string, title: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(heading(page)).toHaveText(title);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

test("a right is asked for, and given by a second person @phone", async ({ page, signIn, varsel }) => {
  await signIn("officer-sektorcert");
  await open(page, "/account", "Min konto");
  await press(page, page.getByRole("link", { name: "Bed om en rettighed" }));
  await expectFocus(heading(page));
  await expect(heading(page)).toHaveText("Bed om en rettighed");
  await press(page, page.getByRole("button", { name: "Send anmodning" }));

  // What is wrong has the focus, and leads to each field.
  const errors = page.getByRole("alert").filter({ hasText: "Ret dette, før du sender" });
  await expectFocus(errors);
  await press(page, errors.getByRole("link").first());
  const read = page.getByRole("checkbox", { name: "Læse" });
  await expect(read).toBeFocused();
  await page.keyboard.press("Space");
  await expect(read).toBeChecked();
  const reach = page.getByRole("combobox", { name: "Hvor langt den rækker" });
  await tabTo(page, reach);
  await page.keyboard.type("Datatil");
  await expect(reach).toHaveValue("unit/datatilsynet");
  await type(page, page.getByRole("textbox", { name: "Formål" }), "Hjælper Datatilsynet i ferien.");
  await type(page, page.getByRole("textbox", { name: "Begrundelse" }), "To kolleger er på ferie i uge 52.");
  await press(page, page.getByRole("button", { name: "Send anmodning" }));
  await expectFocus(page.getByRole("status").filter({ hasText: "Anmodningen er sendt." }));
  await press(page, page.getByRole("link", { name: "Se forslaget" }));
  await expectFocus(heading(page));
  await expect(page.getByText("Hjælper Datatilsynet i ferien.", { exact: true })).toBeVisible();
  const proposal = page.url();

  await signIn("administrator");
  await open(page, proposal, /Giv Mads Krogh ret til at læse/i);
  const approve = page.getByRole("button", { name: "Godkend", exact: true });
  await press(page, approve);
  const question = page.getByRole("dialog");
  await expect(question.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expectFocus(approve);
  await page.keyboard.press("Enter");
  await tabOrHere(page, question.getByRole("button", { name: "Ja, godkend" }));
  await expectFocus(page.getByRole("status").filter({ hasText: "Ændringen er godkendt." }));

  const officer = await varsel.as("officer-sektorcert");
  const { myAuthorisations } = await officer.graphql<{ myAuthorisations: { reach: { id: string | null } }[] }>(
    "{ myAuthorisations { reach { id } } }",
  );
  expect(myAuthorisations.map(({ reach: { id } }) => id).sort()).toEqual(["datatilsynet", "sektorcert"]);
});

test("a review is worked through: one right confirmed, one withdrawn @phone", async ({ page, signIn, varsel }) => {
  await monthsPass(varsel);
  await signIn("administrator");
  await open(page, "/access", "Adgang");
  await press(page, page.getByRole("link", { name: "Gennemgange" }));
  await expectFocus(heading(page));
  for (const [unit, action, done] of [
    ["SektorCERT", "Bekræft den valgte", "1 rettighed er bekræftet."],
    ["Datatilsynet", "Inddrag den valgte", "1 rettighed er inddraget."],
  ] as const) {
    await open(page, "/access/reviews", "Gennemgange");
    await press(page, page.getByRole("link", { name: unit, exact: true }));
    await expect(heading(page)).toHaveText(`Gennemgang: ${unit}`);
    await press(page, page.getByRole("checkbox", { name: /^Vælg (Mads Krogh|Line Østergaard)/ }).first(), "Space");
    await expect(page.getByText("1 valgt")).toBeVisible();
    // Without a reason the focus is where it is missing.
    await press(page, page.getByRole("button", { name: action }));
    const reason = page.getByRole("textbox", { name: "Begrundelse" });
    await expectFocus(reason);
    await page.keyboard.type("Gennemgået med lederen i dag.");
    await press(page, page.getByRole("button", { name: action }));
    await expectFocus(page.getByRole("status").filter({ hasText: done }));
  }
});

test("who has left is found, asked about once more, and loses everything", async ({ page, signIn }) => {
  await signIn("administrator");
  await open(page, "/access", "Adgang");
  await type(page, page.getByRole("searchbox", { name: "Find en person" }), "Yilmaz");
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("link", { name: "Amina Yilmaz" }).first());
  await expect(heading(page)).toHaveText("Amina Yilmaz");
  const leave = page.getByRole("button", { name: "Personen er fratrådt" });
  await press(page, leave);
  const reason = page.getByRole("region", { name: "Personen er fratrådt" }).getByRole("textbox", { name: "Begrundelse" });
  await expectFocus(reason);
  await page.keyboard.type("Har fået nyt arbejde.");
  await press(page, leave);
  const question = page.getByRole("dialog", { name: "Er Amina Yilmaz fratrådt?" });
  await page.keyboard.press("Escape");
  await expectFocus(leave);
  await page.keyboard.press("Enter");
  await tabOrHere(page, question.getByRole("button", { name: "Ja, luk al adgang" }));
  await expectFocus(page.getByRole("status").filter({ hasText: "Al adgang er lukket" }));
});

test("one's own right is given up, and one's own session elsewhere is ended", async ({ page, browser, signIn, varsel }) => {
  await signIn("officer-finanstilsynet");
  const elsewhere = await browser.newContext();
  await elsewhere.request.post(`${varsel.url}/demo/sign-in`, { data: { person: "officer-finanstilsynet" } });
  await open(page, "/account", "Min konto");
  const sessions = page.getByRole("listitem").filter({ hasText: "Begyndt" });
  await expect(sessions).toHaveCount(2);
  await press(page, page.getByRole("button", { name: /^Log ud: / }));
  await expectFocus(page.getByRole("status").filter({ hasText: "Logget ud." }));
  await expect(sessions).toHaveCount(1);
  await press(page, page.getByRole("checkbox", { name: /^Vælg Peter Bruun/ }), "Space");
  await type(page, page.getByRole("textbox", { name: "Begrundelse" }), "Jeg arbejder ikke med sager mere.");
  await press(page, page.getByRole("button", { name: "Inddrag den valgte" }));
  await expectFocus(page.getByRole("status").filter({ hasText: "1 rettighed er inddraget." }));
  await elsewhere.close();
});

test("a task about rejected attempts is taken over, opened and finished @phone", async ({ page, signIn, varsel, request }) => {
  const headers = { authorization: "Bearer varsel_guessed" };
  for (let n = 0; n < 6; n++) await request.post(`${varsel.url}/graphql`, { data: { query: "{ me { id } }" }, headers });
  await signIn("security-officer");
  await open(page, "/attempts", "Afviste forsøg");
  const saved = page.getByRole("status").filter({ hasText: "Gemt." });
  const task = page.getByRole("row").filter({ hasText: "127.0.0.1" }).first();
  await press(page, page.getByRole("button", { name: /^Overtag opgaven om Adresse/ }));
  await expect(task).toContainText("Ole Thorup");
  await expectFocus(saved);
  await press(page, page.getByRole("button", { name: /^Åbn adgangen for Adresse/ }));
  await expect(task).toContainText("Åben igen");
  await expectFocus(saved);
  await press(page, page.getByRole("checkbox", { name: /^Vælg opgaven om Adresse/ }), "Space");
  await press(page, page.getByRole("button", { name: "Afslut de valgte opgaver" }));
  await expectFocus(page.getByRole("textbox", { name: "Hvad fandt I ud af?" }));
  await page.keyboard.type("Et script havde en gammel nøgle.");
  await press(page, page.getByRole("button", { name: "Afslut de valgte opgaver" }));
  await expect(page.getByText("Ingen åbne opgaver.")).toBeVisible();
  await expectFocus(saved);
});

test("an account of Varsel's own is given, gets a new link, and is closed", async ({ page }) => {
  await inLocalHouse(async ({ url, mail, invite }) => {
    const link = await invite("--name", "Birgit Skov", "--email", "birgit@varsel.example", "--function", "administrator");
    await choosePassword(page, link);
    await open(page, `${url}/access`, "Adgang");
    await press(page, page.getByRole("link", { name: "Varsels egne konti" }));
    await expect(heading(page)).toHaveText("Varsels egne konti");
    await expectFocus(heading(page));

    // What is missing has the focus, and leads to each field.
    const send = page.getByRole("button", { name: "Send invitation" });
    await expect(send).toBeVisible();
    await press(page, send);
    const errors = page.getByRole("alert").filter({ hasText: "Ret dette" });
    await expectFocus(errors);
    await press(page, errors.getByRole("link", { name: "Udfyld: Navn" }));
    await expect(page.getByRole("textbox", { name: "Navn", exact: true })).toBeFocused();
    await page.keyboard.type("Bo Holm");
    await type(page, page.getByRole("textbox", { name: "Mailadresse", exact: true }), "bo@sektorcert.example");
    const home = page.getByRole("combobox", { name: "Hvor hører personen til?" });
    await press(page, home, "ArrowDown");
    await expect(home).toHaveValue("unit");
    const unit = page.getByRole("combobox", { name: "Vælg en enhed" });
    await tabTo(page, unit);
    await page.keyboard.type("SektorC");
    await expect(unit).toHaveValue("sektorcert");
    await press(page, send);
    const said = (text: string) => page.getByRole("status").filter({ hasText: text });
    await expect(said("Invitationen er sendt til bo@sektorcert.example.")).toBeVisible();
    await expect(send).toBeFocused();
    await mail.next(({ subject }) => subject === "Du er inviteret til Varsel");

    const account = page.getByRole("listitem").filter({ hasText: "bo@sektorcert.example" });
    await expect(account).toContainText("Link sendt");
    const again = page.getByRole("button", { name: "Send nyt link til Bo Holm" });
    await press(page, again);
    await expect(said("Et nyt link er sendt til Bo Holm.")).toBeVisible();
    await expect(again).toBeFocused();

    const close = page.getByRole("button", { name: "Luk kontoen: Bo Holm" });
    await press(page, close);
    const question = page.getByRole("dialog", { name: "Luk kontoen for Bo Holm?" });
    await expect(question.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(question).toHaveCount(0);
    await expectFocus(close);
    await page.keyboard.press("Enter");
    await tabOrHere(page, question.getByRole("button", { name: "Luk kontoen" }));
    await expect(said("Kontoen er lukket: Bo Holm.")).toBeVisible();
    await expect(close).toBeFocused();
    await expect(account).not.toContainText("Link sendt");
  });
});

test("an identity provider that waits is proposed, and trusted by a second person @phone", async ({ page, signIn, varsel }) => {
  await varsel.halt();
  await varsel.startAgain(BROKER);
  await signIn("administrator");
  await open(page, "/access", "Adgang");
  await press(page, page.getByRole("link", { name: "Login-udbydere" }));
  await expect(heading(page)).toHaveText("Login-udbydere");
  await expectFocus(heading(page));
  const provider = page.getByRole("region", { name: "MitID Erhverv" });
  await expect(provider).toContainText("Venter på godkendelse");

  // What is to be trusted stands open, and can be folded away and back.
  const issuer = provider.getByText(BROKER_ISSUER, { exact: true });
  await expect(issuer).toBeVisible();
  await press(page, provider.locator("summary"));
  await expect(issuer).toBeHidden();
  await page.keyboard.press("Space");
  await expect(issuer).toBeVisible();

  // Without a reason the focus is where it is missing.
  const propose = provider.getByRole("button", { name: "Foreslå at godkende mitid" });
  await press(page, propose);
  await expectFocus(provider.getByRole("textbox", { name: "Begrundelse" }));
  await page.keyboard.type("Aftalen med mægleren begynder i december.");
  await press(page, propose);
  await expect(heading(page)).toHaveText(/^Lad folk logge ind gennem mitid/);
  await expectFocus(heading(page));
  await expect(page.getByRole("button", { name: "Godkend", exact: true })).toHaveCount(0);
  const proposal = page.url();

  await signIn("administrator-second");
  await open(page, proposal, /^Lad folk logge ind gennem mitid/);
  await press(page, page.getByRole("button", { name: "Godkend", exact: true }));
  const question = page.getByRole("dialog");
  await expect(question.locator(":focus")).toHaveCount(1);
  await tabOrHere(page, question.getByRole("button", { name: "Ja, godkend" }));
  await expectFocus(page.getByRole("status").filter({ hasText: "Ændringen er godkendt." }));

  await open(page, "/providers", "Login-udbydere");
  await expect(provider).not.toContainText("Venter på godkendelse");
  await expect(provider.getByRole("button", { name: /^Foreslå/ })).toHaveCount(0);
  await press(page, provider.getByRole("link", { name: "Se godkendelsen" }));
  await expect(heading(page)).toHaveText(/^Lad folk logge ind gennem mitid/);
  await expectFocus(heading(page));
});

/** Follows a link of an invitation to the end, with a password. */
async function choosePassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(heading(page)).toHaveText("Vælg, hvordan du logger ind");
  const secret = await page.locator(".code-secret").innerText();
  await type(page, page.getByLabel("Adgangskode", { exact: true }), "fire gule kaniner løber");
  await type(page, page.getByLabel("De seks cifre, appen viser nu"), codeOf(secret));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Dine gendannelseskoder" })).toBeVisible();
  await press(page, page.getByRole("button", { name: "Jeg har gemt dem" }));
  await expect(heading(page)).toHaveText("Min konto");
}

/** A dialog has put the focus somewhere in itself: perhaps there already. */
async function tabOrHere(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  if (!(await target.evaluate((it) => it === document.activeElement))) await tabTo(page, target);
  await page.keyboard.press("Enter");
}
