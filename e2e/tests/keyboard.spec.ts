// Authorisations without a mouse: asking, giving, reviewing, closing; the focus is always seen, and never lost.
import type { Page } from "@playwright/test";
import { expectFocus, press, tabTo, type } from "../fixtures/keyboard.ts";
import { monthsPass } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe.configure({ timeout: 120_000 });

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

/** A dialog has put the focus somewhere in itself: perhaps there already. */
async function tabOrHere(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  if (!(await target.evaluate((it) => it === document.activeElement))) await tabTo(page, target);
  await page.keyboard.press("Enter");
}
