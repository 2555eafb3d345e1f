import { caseOf, newestIncident } from "../fixtures/report.ts";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import { expect, test } from "../fixtures/test.ts";
import { anHourAgo } from "../fixtures/time.ts";

test("a reporter files the first report, adds to it, and the officer sees what changed", async ({ page, varsel, signIn, axe }) => {
  const form = new Questionnaire(page);
  const receiptTitle = page.getByRole("heading", { level: 1, name: "Indberetningen er modtaget" });
  const hash = page.locator("code.hash");
  await signIn("reporter-energy");

  await test.step("files the first report", async () => {
    await page.goto("/report?step=what");
    await form.onStep("Hvad er der sket?");
    await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
    await form.write(Q.description, "Servere i driftscentralen er krypteret.");
    await form.next();
    await form.onStep("Hvornår?");
    await form.moment(Q.aware, anHourAgo());
    await form.next();
    await form.onStep("Hvilke tjenester?");
    await form.search(Q.sectors, "elektri", "Elektricitet");
    await form.toCheck();
    await form.restUnknown();
    await form.send();
    await expect(receiptTitle).toBeVisible();
  });
  const number = (await page.getByText(/^V-\d{4}-\d{5}$/).textContent()) ?? "";
  const first = await hash.textContent();

  await test.step("adds to it: what was told stands in its field and is corrected", async () => {
    await page.getByRole("link", { name: "Supplér eller send næste indberetning", exact: true }).click();
    await expect(page.getByText(`Supplerer hændelse ${number}`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe();
    const { searchParams } = new URL(page.url());
    await page.goto(`/report?incident=${searchParams.get("incident")}&step=what&fact=description`);
    const description = page.getByLabel(Q.description, { exact: true });
    await expect(description).toHaveValue("Servere i driftscentralen er krypteret.");
    await description.fill("Kun én server var krypteret; den er genskabt.");
    await expect(page.getByText("Kladden er gemt i denne fane")).toBeVisible();
    await page.reload();
    await expect(description).toHaveValue("Kun én server var krypteret; den er genskabt.");
    await page.goto(`/report/check?incident=${searchParams.get("incident")}`);
    await form.onStep("Tjek jeres svar, før I sender");
    await expect(page.getByText(`Supplerer hændelse ${number}`)).toBeVisible();
    await form.send();
  });

  await test.step("gets a second receipt on the same incident", async () => {
    await expect(receiptTitle).toBeVisible();
    await expect(page.getByText(number, { exact: true })).toBeVisible();
    await expect(hash).not.toHaveText(first ?? "");
    await page.goto("/report");
    await expect(page.getByText("Supplerer hændelse")).toHaveCount(0);
  });

  await test.step("the officer's case has the new answer", async () => {
    const incident = await newestIncident(await varsel.as("reporter-energy"));
    expect(incident.number).toBe(number);
    await signIn("officer-sektorcert");
    await page.goto(`/case/${caseOf(incident, "sektorcert")}`);
    const facts = page.getByRole("region", { name: "Oplysninger, som enheden må se" });
    await expect(facts).toContainText("Kun én server var krypteret; den er genskabt.");
    await expect(facts).not.toContainText("Servere i driftscentralen er krypteret.");
  });
});
