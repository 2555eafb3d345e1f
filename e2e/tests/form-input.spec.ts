import type { Page } from "@playwright/test";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import { expect, test } from "../fixtures/test.ts";
import { anHourAgo, hoursAfter } from "../fixtures/time.ts";

/** The error summary, which leads to the field, and what stands at the field, in the same words. */
async function refused(page: Page, question: string, words: RegExp): Promise<void> {
  const summary = page.getByRole("alert").filter({ has: page.getByRole("heading", { name: "Ret dette, før I går videre" }) });
  await expect(summary).toBeFocused();
  const link = summary.getByRole("link", { name: question });
  await expect(link).toHaveText(words);
  await expect(page).toHaveTitle(/^Fejl: /);
  await link.click();
}

test("a CVR number with a bad check digit is refused at its field and stays there", async ({ page, signIn }) => {
  await signIn("reporter-energy");
  await page.goto("/report?step=organisation");
  await page.getByText(/oplysninger fra jeres registrering$/).click();
  await page.getByRole("button", { name: `Redigér ${Q.cvr}` }).click();
  const field = page.getByLabel(Q.cvr, { exact: true });
  await expect(field).toHaveValue("99990104");
  await field.fill("13748137");
  await page.getByRole("button", { name: /^Gem og/ }).click();
  await refused(page, Q.cvr, /kontrolciffer/i);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("13748137");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("13748136");
  await expect(page.getByText(/kontrolciffer/i)).toHaveCount(0);
});

test("a time in the future is refused at its field and stays there", async ({ page }) => {
  const form = new Questionnaire(page);
  await page.goto("/report?step=when");
  await form.moment(Q.aware, hoursAfter(new Date(), 48));
  await expect(form.group(Q.aware)).toContainText("Læst som: ");
  await page.getByRole("button", { name: /^Gem og/ }).click();
  await refused(page, Q.aware, /fremtid/i);
  await expect(form.group(Q.aware).getByLabel("Dag", { exact: true })).toBeFocused();
  await expect(form.group(Q.aware).getByLabel("Klokkeslæt")).not.toHaveValue("");
});

test("a CPR number in free text warns, asks for a confirmation, and then is sent", async ({ page, signIn }) => {
  await signIn("reporter-energy");
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.write(Q.description, "Borger 010190-1234 er ramt.");
  await expect(page.getByText(/CPR-nummer/).filter({ hasNotText: "Skriv ikke" }).first()).toBeVisible();
  await form.next();
  await form.moment(Q.aware, anHourAgo());
  await form.toCheck();
  await form.restUnknown();
  await expect(page.getByText("Se dette igennem, før I sender")).toBeVisible();
  await form.send();
  await expect(page.getByText("Sæt hak ved, at I har set advarslerne igennem.")).toBeVisible();
  await page.getByLabel("Vi har set det igennem og vil sende alligevel").check();
  await form.send();
  await expect(page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" })).toBeVisible();
});

test("script that somebody types stands there as text and does nothing", async ({ page, signIn }) => {
  const script = `<script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)>`;
  const happened: string[] = [];
  page.on("dialog", (dialog) => {
    happened.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) happened.push(message.text());
  });
  await signIn("reporter-energy");
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.write(Q.description, script);
  await form.next();
  await form.moment(Q.aware, anHourAgo());
  await form.toCheck();
  await expect(page.getByText(script)).toBeVisible();
  await form.restUnknown();
  await form.send();
  await page.getByRole("link", { name: "Gå til hændelsens side" }).click();
  await expect(page.getByRole("region", { name: "Svar" }).getByText(script)).toBeVisible();
  expect(happened).toEqual([]);
});
