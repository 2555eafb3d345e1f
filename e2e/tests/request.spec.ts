import { caseOf, file, ransomware } from "../fixtures/report.ts";
import { expect, test } from "../fixtures/test.ts";

test("an officer asks for a report by a time, and the reporter sees the duty @phone", async ({ page, varsel, signIn, axe }) => {
  const reporter = await varsel.as("reporter-energy");
  const filed = await file(reporter, ransomware());
  await signIn("duty-officer");
  await page.goto(`/case/${caseOf(filed, "csirt")}`);
  const open = page.getByRole("button", { name: "Bed om en indberetning" });
  await open.click();
  await expect(open).toHaveAttribute("aria-expanded", "true");
  const form = page.getByRole("form", { name: "Bed om en indberetning" });

  // Nothing typed: what is missing is named, and nothing is sent.
  await form.getByRole("button", { name: "Bed om indberetningen" }).click();
  await expect(form.getByRole("alert")).toBeFocused();
  await axe();

  await form.getByRole("button", { name: "Om 3 dage" }).click();
  await form.getByRole("button", { name: "Bed om indberetningen" }).click();
  await expect(page.getByText(/^I har bedt om .*, senest /)).toBeVisible();
  await expect(form).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Forløb" })).toContainText("har bedt om");

  const query = "query($id: ID!) { incident(id: $id) { timeline { kind } } }";
  const seen = await reporter.graphql<{ incident: { timeline: { kind: string }[] } }>(query, { id: filed.id });
  expect(seen.incident.timeline.map(({ kind }) => kind)).toContain("REPORT_REQUESTED");
});

test("a unit that the law does not let ask is not offered to", async ({ page, varsel, signIn }) => {
  const filed = await file(await varsel.as("reporter-energy"), ransomware());
  await signIn("officer-sektorcert");
  await page.goto(`/case/${caseOf(filed, "sektorcert")}`);
  await expect(page.getByRole("heading", { level: 1, name: `Sag ${filed.number}` })).toBeVisible();
  await expect(page.getByRole("button", { name: "Bed om en indberetning" })).toHaveCount(0);
});
