//! The corpus of real incidents, worked legal examples and clocks, compared as its README says.
//!
//! The corpus is no part of the repository: where it is absent, this says so and passes.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use varsel_rules::{Assessment, Facts, Filing, Pack, Part, assess};

#[derive(Deserialize)]
struct Case {
    facts: Map<String, Value>,
    #[serde(default)]
    filings: Vec<Filing>,
    expect: Expect,
    #[serde(default)]
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    name: String,
    set: Map<String, Value>,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    #[serde(default)]
    regimes: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    obligations: Vec<Duty>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    routes: Vec<Route>,
    #[serde(default)]
    absent_routes: Vec<String>,
    lead: Option<String>,
    guidance: Option<String>,
}

#[derive(Deserialize)]
struct Duty {
    regime: String,
    stage: String,
    #[serde(default)]
    recipients: BTreeSet<String>,
    #[serde(default)]
    not_recipients: BTreeSet<String>,
    provisional: Option<bool>,
    target: Option<DateTime<Utc>>,
    due: Option<DateTime<Utc>>,
    due_not_after: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Route {
    unit: String,
    part: Option<Part>,
}

#[test]
fn every_case_of_the_corpus_comes_out_as_expected() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let mut out = std::io::stderr();
    if !corpus.is_dir() {
        writeln!(out, "corpus: {} is absent, nothing compared", corpus.display()).unwrap();
        return;
    }
    let pack = Pack::embedded("dk").unwrap();
    let known: BTreeSet<&str> = pack.regime_ids().collect();
    let (mut cases, mut runs, mut differences) = (0, 0, Vec::new());
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    for path in ["incidents", "clocks"].iter().flat_map(|folder| yaml_files(&corpus.join(folder))) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = serde_saphyr::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let absent: BTreeSet<&str> = case.regimes().filter(|regime| !known.contains(regime)).collect();
        if !absent.is_empty() {
            for regime in absent {
                *skipped.entry(regime.to_owned()).or_default() += 1;
            }
            continue;
        }
        cases += 1;
        for (variant, facts, expect) in case.runs() {
            runs += 1;
            let found = case.assess(&pack, &facts).compare(expect);
            differences
                .extend(found.into_iter().map(|difference| format!("{name} ({variant}): {difference}")));
        }
    }
    writeln!(
        out,
        "corpus: {cases} cases compared ({runs} with their variants), skipped for want of {skipped:?}"
    )
    .unwrap();
    assert!(cases > 0, "the corpus is there, and no case of it was compared");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")).collect();
    paths.sort();
    paths
}

impl Case {
    /// Regimes of which something is expected that a pack without them could not give.
    fn regimes(&self) -> impl Iterator<Item = &str> {
        let base = self.expect.needed();
        base.chain(self.variants.iter().flat_map(|variant| variant.expect.needed()))
    }

    fn runs(&self) -> Vec<(&str, Map<String, Value>, &Expect)> {
        let mut runs = vec![("base", self.facts.clone(), &self.expect)];
        for variant in &self.variants {
            let mut facts = self.facts.clone();
            facts.extend(variant.set.clone());
            runs.push((&variant.name, facts, &variant.expect));
        }
        runs
    }

    fn assess(&self, pack: &Pack, facts: &Map<String, Value>) -> Outcome {
        let read = Facts::parse(pack, &Value::Object(facts.clone())).unwrap();
        let instants = [
            "incident.aware_at",
            "incident.classified_at",
            "incident.handled_at",
            "incident.fix_available_at",
        ];
        let given =
            instants.iter().filter_map(|fact| facts.get(*fact)?.as_str()?.parse::<DateTime<Utc>>().ok());
        let latest = given.chain(self.filings.iter().map(|filing| filing.at)).max();
        let now = latest.expect("a case says when its organisation became aware") + TimeDelta::minutes(1);
        Outcome(assess(pack, &read, &self.filings, now))
    }
}

impl Expect {
    fn needed(&self) -> impl Iterator<Item = &str> {
        let wanted = |answers: &BTreeMap<String, String>| answers.values().any(|answer| answer != "no");
        let regimes = self
            .regimes
            .iter()
            .filter(move |(_, answers)| wanted(answers))
            .map(|(regime, _)| regime.as_str());
        regimes.chain(self.obligations.iter().map(|duty| duty.regime.as_str()))
    }
}

struct Outcome(Assessment);

impl Outcome {
    fn compare(&self, expect: &Expect) -> Vec<String> {
        let mut differences = Vec::new();
        self.regimes(expect, &mut differences);
        expect.obligations.iter().for_each(|duty| self.obligation(duty, &mut differences));
        for absent in &expect.absent {
            let there =
                |duty: &varsel_rules::Obligation| format!("{}/{}", duty.regime, duty.stage) == *absent;
            if self.0.obligations.iter().any(there) {
                differences.push(format!("{absent} must not be there"));
            }
        }
        self.routes(expect, &mut differences);
        if let Some(kind) = &expect.guidance
            && self.0.guidance.iter().all(|guidance| guidance.playbook != *kind)
        {
            differences.push(format!("guidance {kind} is missing"));
        }
        differences
    }

    fn regimes(&self, expect: &Expect, differences: &mut Vec<String>) {
        for (id, answers) in &expect.regimes {
            let regime = self.0.regimes.iter().find(|regime| regime.id == *id);
            let got = serde_json::to_value(regime).unwrap();
            for (question, expected) in answers {
                // A regime that is not listed counts as "no".
                let got = got.get(question).and_then(Value::as_str).unwrap_or("no");
                if got != expected {
                    differences.push(format!("{id}.{question}: expected {expected}, got {got}"));
                }
            }
        }
    }

    fn obligation(&self, expect: &Duty, differences: &mut Vec<String>) {
        let name = format!("{}/{}", expect.regime, expect.stage);
        let duties: Vec<_> = self
            .0
            .obligations
            .iter()
            .filter(|got| got.regime == expect.regime && got.stage == expect.stage)
            .collect();
        if duties.is_empty() {
            differences.push(format!("{name} is missing"));
        }
        for got in duties {
            let recipients: BTreeSet<String> = got.recipients.iter().cloned().collect();
            if !expect.recipients.is_subset(&recipients) || !expect.not_recipients.is_disjoint(&recipients) {
                differences.push(format!("{name}: recipients {recipients:?}"));
            }
            if expect.provisional.is_some_and(|provisional| provisional != got.provisional) {
                differences.push(format!("{name}: provisional {}", got.provisional));
            }
            if expect.target.is_some_and(|target| got.target.map(|at| at.to_utc()) != Some(target)) {
                differences.push(format!("{name}: target {:?}, expected {:?}", got.target, expect.target));
            }
            if expect.due.is_some_and(|due| got.due.map(|at| at.to_utc()) != Some(due)) {
                differences.push(format!("{name}: due {:?}, expected {:?}", got.due, expect.due));
            }
            if expect.due_not_after.is_some_and(|bound| got.due.is_none_or(|due| due > bound)) {
                differences.push(format!("{name}: due {:?}, not after {:?}", got.due, expect.due_not_after));
            }
        }
    }

    fn routes(&self, expect: &Expect, differences: &mut Vec<String>) {
        let routes = &self.0.routes;
        for expected in &expect.routes {
            match routes.iter().find(|route| route.unit == expected.unit) {
                None => differences.push(format!("no route to {}", expected.unit)),
                Some(got) if expected.part.is_some_and(|part| part != got.part) => {
                    differences.push(format!("route to {}: part {:?}", got.unit, got.part));
                }
                Some(_) => {}
            }
        }
        for unit in expect.absent_routes.iter().filter(|unit| routes.iter().any(|route| route.unit == **unit))
        {
            differences.push(format!("route to {unit} must not be there"));
        }
        if let Some(lead) = &expect.lead {
            let got: Vec<&str> = routes
                .iter()
                .filter(|route| route.part == Part::Lead)
                .map(|route| route.unit.as_str())
                .collect();
            if got != [lead] {
                differences.push(format!("lead: expected {lead}, got {got:?}"));
            }
        }
    }
}
