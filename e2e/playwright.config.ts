import { defineConfig, devices } from "@playwright/test";
import type { Database } from "./fixtures/test.ts";

// Debian's Chromium; without these flags it looks for hosts outside at every start.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig<object, { database: Database }>({
  testDir: "tests",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 2,
  // On a shared machine a browser may be starved once; a test that needed its second try is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: { locale: "da-DK", timezoneId: "Europe/Copenhagen", trace: "retain-on-failure", launchOptions },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], launchOptions } },
    {
      name: "phone",
      grep: /@phone/,
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, launchOptions },
    },
    {
      name: "postgres",
      testMatch: /(corpus|reporter)\.spec\.ts/,
      use: { ...devices["Desktop Chrome"], launchOptions, database: "postgres" },
    },
  ],
});
