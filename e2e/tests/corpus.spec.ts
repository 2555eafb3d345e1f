import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { file, type Facts } from "../fixtures/report.ts";
import type { ApiClient, VarselServer } from "../fixtures/server.ts";
import { expect, test } from "../fixtures/test.ts";

type Expected = {
  regimes?: Record<string, Record<string, string>>;
  obligations?: { regime: string }[];
  routes?: { unit: string; part?: string }[];
  lead?: string;
  guidance?: string;
};

type IncidentCase = { id: string; real: boolean; facts: Facts; expect: Expected };

const FOLDER = resolve(import.meta.dirname, "../../../shared/data/incidents");

/** The first ten incidents that are routed somewhere, and of which nothing is expected that the pack does not have yet. */
function tenIncidents(regimes: Set<string>): IncidentCase[] {
  const needed = ({ regimes = {}, obligations = [] }: Expected) => [
    ...Object.entries(regimes).flatMap(([id, answers]) => (Object.values(answers).some((answer) => answer !== "no") ? [id] : [])),
    ...obligations.map(({ regime }) => regime),
  ];
  return readdirSync(FOLDER)
    .sort()
    .map((name) => parse(readFileSync(join(FOLDER, name), "utf8")) as IncidentCase)
    .filter(({ expect }) => expect.routes?.length && needed(expect).every((id) => regimes.has(id)))
    .slice(0, 10);
}

async function regimesOf(client: ApiClient): Promise<Set<string>> {
  const { assess } = await client.graphql<{ assess: { regimes: { id: string }[] } }>("{ assess(facts: {}) { regimes { id } } }");
  return new Set(assess.regimes.map(({ id }) => id));
}

/** Moves every instant so that the newest lies an hour ago: a report about the future is refused. */
function movedToThePast(facts: Facts): Facts {
  const instants = Object.entries(facts).filter(([, value]) => typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value));
  const newest = Math.max(...instants.map(([, value]) => Date.parse(value as string)));
  const shift = Date.now() - 3_600_000 - newest;
  return { ...facts, ...Object.fromEntries(instants.map(([id, value]) => [id, new Date(Date.parse(value as string) + shift).toISOString()])) };
}

const OFFICERS: Record<string, string> = {
  sektorcert: "officer-sektorcert",
  dcis_sund: "officer-dcis-sund",
  ftnet: "officer-finanstilsynet",
  datatilsynet: "officer-datatilsynet",
  csirt: "duty-officer",
  spoc: "coordinator",
};

test("ten real incidents are filed through the running server and reach the right queues", async ({ varsel }) => {
  test.skip(!existsSync(FOLDER), `no incidents at ${FOLDER}`);
  const reporter = await varsel.as("reporter-energy");
  const incidents = tenIncidents(await regimesOf(reporter));
  expect(incidents).toHaveLength(10);
  for (const incident of incidents) {
    const filed = await file(reporter, movedToThePast(incident.facts));
    const opened = filed.cases.map(({ unit, part }) => ({ unit: unit.id, part: part.toLowerCase() }));
    for (const route of incident.expect.routes ?? []) {
      expect(opened, incident.id).toContainEqual(route.part ? route : expect.objectContaining(route));
    }
    if (incident.expect.guidance) {
      expect(filed.guidance.map(({ playbook }) => playbook), incident.id).toContain(incident.expect.guidance);
    }
    for (const { unit } of opened) {
      const handle = OFFICERS[unit];
      if (handle) expect(await queue(varsel, handle, unit), `${incident.id} in ${unit}`).toContain(filed.number);
    }
    for (const [unit, handle] of Object.entries(OFFICERS)) {
      if (opened.some((entry) => entry.unit === unit)) continue;
      expect(await queue(varsel, handle, unit), `${incident.id} not in ${unit}`).not.toContain(filed.number);
    }
  }
});

async function queue(varsel: VarselServer, handle: string, unit: string): Promise<string[]> {
  const officer = await varsel.as(handle);
  const { cases } = await officer.graphql<{ cases: { nodes: { incident: { number: string } }[] } }>(
    "query Queue($unit: String!) { cases(unit: $unit, first: 100) { nodes { incident { number } } } }",
    { unit },
  );
  return cases.nodes.map(({ incident }) => incident.number);
}
