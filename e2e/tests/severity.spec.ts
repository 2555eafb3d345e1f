import { caseOf, file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

type Severity = {
  incident: { severity: { level: number; proposed: { level: number }; confirmation: { level: number } | null } };
};
const SEVERITY = "query($id: ID!) { incident(id: $id) { severity { level proposed { level } confirmation { level } } } }";

test("the lead confirms the severity with the keyboard, and queue and reporter see it @phone", async ({ page, varsel, signIn, axe }) => {
  const reporter = await varsel.as("reporter-energy");
  const filed = await file(reporter, ransomware());
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  const panel = page.getByRole("region", { name: "Alvor" });
  await expect(panel).toContainText("Ingen myndighed har bekræftet det endnu");
  await axe();

  await panel.getByRole("button", { name: /^Bekræft: / }).focus();
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("Bekræftet af Mads Krogh");
  await expect(panel.getByRole("button", { name: /^Bekræft: / })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Forløb" })).toContainText("Alvoren er bekræftet");
  await axe();

  const seen = await reporter.graphql<Severity>(SEVERITY, { id: filed.id });
  expect(seen.incident.severity.confirmation?.level).toBe(seen.incident.severity.proposed.level);
  await page.goto("/queue/sektorcert");
  const row = page.getByRole("row").filter({ hasText: filed.number });
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("Foreslået, ikke bekræftet");
});

test("of two officers the second learns what the first did, and loses nothing typed @phone", async ({ page, context, varsel, signIn, axe }) => {
  const reporter = await varsel.as("reporter-energy");
  const filed = await file(reporter, ransomware());
  await signIn("officer-sektorcert");
  const address = `/case/${caseOf(filed, "sektorcert")}`;
  await page.goto(address);
  const panel = page.getByRole("region", { name: "Alvor" });
  await panel.getByRole("button", { name: "Vælg et andet niveau" }).click();
  const form = panel.getByRole("form", { name: "Vælg et andet niveau" });

  // Nothing chosen: what is missing is named, and nothing is sent.
  await form.getByRole("button", { name: "Gem niveauet" }).click();
  await expect(form.getByRole("alert")).toBeFocused();
  await axe();
  await form.getByRole("radio", { name: /^Begrænset/ }).check();
  await form.getByLabel("Begrundelse").fill("Kun to mindre områder er ramt.");

  // Meanwhile, at another desk.
  const other = await context.newPage();
  await other.goto(address);
  const theirs = other.getByRole("region", { name: "Alvor" });
  await theirs.getByRole("button", { name: /^Bekræft: / }).click();
  await expect(theirs).toContainText("Bekræftet af Mads Krogh");
  await other.close();

  await form.getByRole("button", { name: "Gem niveauet" }).click();
  await expect(panel.getByRole("alert")).toContainText("Mads Krogh har sat alvoren til");
  await expect(form.getByLabel("Begrundelse")).toHaveValue("Kun to mindre områder er ramt.");
  await expect(panel).toContainText("Bekræftet af Mads Krogh");
  await axe();

  // Having seen it, the officer saves all the same.
  await form.getByRole("button", { name: "Gem niveauet" }).click();
  await expect(form).toHaveCount(0);
  await expect(panel).toContainText("Begrundelse: Kun to mindre områder er ramt.");
  const seen = await reporter.graphql<Severity>(SEVERITY, { id: filed.id });
  expect(seen.incident.severity.level).toBe(1);
  expect(JSON.stringify(await reporter.graphql("query($id: ID!) { incident(id: $id) { severity { confirmation { justification by } } } }", { id: filed.id }))).not.toContain("områder");
});
