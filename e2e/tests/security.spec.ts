import type { Page } from "@playwright/test";
import { addressOf, PAGES } from "../fixtures/pages.ts";
import { Q, Questionnaire } from "../fixtures/questionnaire.ts";
import { expect, test } from "../fixtures/test.ts";

for (const each of PAGES) {
  test(`the ${each.name} keeps to its policy, asks nobody else, and says that it is a demo`, async ({ page, varsel, signIn }) => {
    const watched = await watch(page, varsel.url);
    if (each.as) await signIn(each.as);
    const response = await page.goto(await addressOf(each, varsel));
    const policy = response?.headers()["content-security-policy"] ?? "";
    for (const directive of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toContain("unsafe");
    await expect(page.getByRole("heading", { level: 1, name: each.title.da })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.getByText("Demo", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1, name: each.title.en })).toBeVisible();
    await expect(page.getByText("People and companies are invented.")).toBeVisible();
    expect(watched).toEqual({ violations: [], foreign: [] });
  });
}

test("filling in the questionnaire breaks no policy and asks nobody else", async ({ page, varsel }) => {
  const watched = await watch(page, varsel.url);
  const form = new Questionnaire(page);
  await page.goto("/report");
  await form.search(Q.kind, "ransom", "Ransomware eller anden digital afpresning");
  await expect(form.panel).toContainText("Love");
  await form.toCheck();
  expect(watched).toEqual({ violations: [], foreign: [] });
});

test("the session's cookie is out of reach of scripts and of other sites, and signing out ends it", async ({ page, varsel }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: /Karen Holm/ }).click();
  await expect(page.getByRole("banner")).toContainText("Karen Holm");
  const cookies = await page.context().cookies(varsel.url);
  const session = cookies.filter(({ name }) => name !== "lang");
  expect(session).toHaveLength(1);
  for (const cookie of session) {
    expect(cookie.httpOnly).toBe(true);
    expect(["Strict", "Lax"]).toContain(cookie.sameSite);
    expect(cookie.path).toBe("/");
  }
  await page.getByRole("button", { name: "Log ud" }).click();
  await expect(page.getByRole("link", { name: "Log ind" })).toBeVisible();
  // The session is ended at the server, not only forgotten here.
  await page.context().addCookies(session);
  await page.reload();
  await expect(page.getByRole("link", { name: "Log ind" })).toBeVisible();
});

test("a stranger sees no queue, no case and no incident", async ({ page, varsel }) => {
  for (const each of PAGES.filter(({ as }) => as)) {
    const address = await addressOf(each, varsel);
    if (address === "/") continue;
    await page.goto(address);
    // A refusal, or the way to sign in: nothing of the page itself.
    const refused = page.getByRole("alert").or(page.getByRole("main").getByText(/Log ind som administrator|[Ss]iden? er for dem|Siden er for/));
    await expect(refused.first(), each.name).toBeVisible();
    await expect(page.getByRole("main"), each.name).not.toContainText("Nordvind");
  }
});

type Watched = { violations: string[]; foreign: string[] };

/** Collects violations of the content security policy, and requests that go anywhere else. */
async function watch(page: Page, origin: string): Promise<Watched> {
  const watched: Watched = { violations: [], foreign: [] };
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`POLICY ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on("console", (message) => {
    if (/^POLICY|Content.Security.Policy/i.test(message.text())) watched.violations.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin && !request.url().startsWith("data:")) watched.foreign.push(request.url());
  });
  return watched;
}
