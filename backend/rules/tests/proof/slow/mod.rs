//! The pack's YAML read a second time, slowly and by another hand: as untyped JSON, looked through from top to bottom for
//! every question. It shares no code with the engine but chrono and the decimals, so that what both say is no accident.

mod computed;
mod condition;
mod duties;

use std::sync::LazyLock;

use serde_json::{Map, Value};
use varsel_rules::PackFiles;

pub(crate) use duties::{OpenStage, open_stages};

/// A file of the Danish pack.
pub(crate) fn yaml(path: &str) -> Value {
    let files = PackFiles::embedded("dk");
    let text = files.get(path).unwrap_or_else(|| panic!("the pack has no {path}"));
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files that the laws here look into.
pub(crate) struct Law {
    pub(crate) pack: Value,
    pub(crate) catalogue: Value,
    pub(crate) sectors: Value,
    pub(crate) units: Value,
    pub(crate) terms: Value,
    pub(crate) projection: Value,
    /// In the order of pack.yaml.
    pub(crate) regimes: Vec<Value>,
}

pub(crate) static LAW: LazyLock<Law> = LazyLock::new(|| {
    let pack = yaml("pack.yaml");
    let regimes = strings(&pack["regimes"]).map(|id| yaml(&format!("regimes/{id}.yaml"))).collect();
    Law {
        catalogue: yaml("catalogue.yaml"),
        sectors: yaml("sectors.yaml"),
        units: yaml("units.yaml"),
        terms: yaml("terms.yaml"),
        projection: yaml("projection.yaml"),
        regimes,
        pack,
    }
});

/// The members of a list of texts; none where there is no list.
pub(crate) fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(|member| member.as_str().unwrap())
}

/// The entry of a list whose `id` this is.
pub(crate) fn by_id<'a>(list: &'a Value, id: &str) -> Option<&'a Value> {
    list.as_array().unwrap().iter().find(|entry| entry["id"] == id)
}

/// What is known of one incident, and what the slow reading has made of it so far.
#[derive(Clone)]
pub(crate) struct Known<'a> {
    facts: &'a Map<String, Value>,
    /// Regimes that oblige, and those that may.
    duties: Vec<String>,
    possible: Vec<String>,
}

impl<'a> Known<'a> {
    pub(crate) fn of(facts: &'a Map<String, Value>) -> Self {
        Self { facts, duties: Vec::new(), possible: Vec::new() }
    }

    /// Whether each regime applies and is triggered, in the pack's order; none where it cannot be told.
    pub(crate) fn answers(&mut self) -> Vec<(String, Option<bool>, Option<bool>)> {
        let mut answers = Vec::new();
        for regime in &LAW.regimes {
            let id = regime["id"].as_str().unwrap().to_owned();
            let (applies, triggered) = (self.holds(&regime["applies"]), self.holds(&regime["triggered"]));
            match (applies, triggered) {
                (Some(false), _) | (_, Some(false)) => {}
                (Some(true), Some(true)) => self.duties.push(id.clone()),
                _ => self.possible.push(id.clone()),
            }
            answers.push((id, applies, triggered));
        }
        answers
    }
}
