import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";
import { file, ransomware } from "../fixtures/report.ts";
import { run, VarselServer, type ApiClient } from "../fixtures/server.ts";
import { expect } from "../fixtures/test.ts";

async function incidents(client: ApiClient): Promise<string[]> {
  const { incidents } = await client.graphql<{ incidents: { nodes: { number: string }[] } }>("{ incidents(first: 50) { nodes { number } } }");
  return incidents.nodes.map(({ number }) => number);
}

test("a second start on the same data keeps reports and sessions, and doubles nothing", async () => {
  const varsel = await VarselServer.start();
  try {
    const reporter = await varsel.as("reporter-energy");
    const filed = await file(reporter, ransomware());
    const before = await incidents(reporter);
    expect(before).toContain(filed.number);
    await varsel.halt();
    await varsel.startAgain();
    expect(await incidents(reporter)).toEqual(before);
    await varsel.halt("SIGKILL");
    await varsel.startAgain();
    expect(await incidents(reporter)).toEqual(before);
  } finally {
    await varsel.stop();
  }
});

/** What `serve` says in an empty directory, and what it leaves there. */
async function refusal(args: string[], env: Record<string, string> = {}) {
  const data = await mkdtemp(join(tmpdir(), "varsel-e2e-"));
  try {
    const { code, stderr } = await run(["serve", "--data", data, ...args], { PORT: "0", ...env });
    return { code, stderr, left: await readdir(data) };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

test("without the demo and without an identity provider the server does not start, and says what to set", async () => {
  const { code, stderr, left } = await refusal([]);
  expect(code).toBe(1);
  for (const words of ["identity.providers", "issuer and client_id", "mail.smtp.url", "varsel serve --demo"]) expect(stderr).toContain(words);
  expect(left).toEqual([]);
});

test("the demo listens to this machine only", async () => {
  for (const address of ["0.0.0.0", "::"]) {
    const { code, stderr, left } = await refusal(["--demo"], { VARSEL_HTTP__ADDRESS: address });
    expect(code, address).toBe(1);
    expect(stderr).toContain("http.address");
    expect(stderr).toContain("127.0.0.1");
    expect(left).toEqual([]);
  }
  const { code, stderr } = await refusal(["--demo"], { VARSEL_HTTP__PUBLIC_URL: "https://varsel.example.dk" });
  expect(code).toBe(1);
  expect(stderr).toContain("http.public_url");
});
