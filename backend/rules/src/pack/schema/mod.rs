//! JSON Schemas of the files of a pack, so that an editor completes and validates them while they are written.
//!
//! They say the form. What refers to what is for the linter: an editor sees one file, the linter the whole pack.

mod build;
mod content;
mod law;
mod overlay;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod validator;

use serde_json::{Map, Value, json};

use super::Pack;
use crate::assess::view::OWN_FACTS;
use build::{known, may, must, object, of, string, told, whole, with_definitions, words};

/// The schema of one kind of file.
#[derive(Debug, Clone, PartialEq)]
pub struct PackSchema {
    /// Its own file name without ending, e.g. `regime`.
    pub name: &'static str,
    /// The files of a pack that have this form, e.g. `regimes/*.yaml`.
    pub files: &'static str,
    /// JSON Schema (2020-12).
    pub schema: Value,
}

/// The schemas of every kind of file of a pack. Ids are completed from those that `pack` has.
pub fn pack_schemas(pack: &Pack) -> Vec<PackSchema> {
    let definitions = definitions(pack);
    let kinds: [(&str, &str, Value); 13] = [
        ("pack", "pack.yaml", content::pack()),
        ("calendar", "calendar.yaml", content::calendar()),
        ("catalogue", "catalogue.yaml", content::catalogue()),
        ("sectors", "sectors.yaml", content::sectors()),
        ("units", "units.yaml", content::units()),
        ("taxonomy", "taxonomy.yaml", content::taxonomy()),
        ("terms", "terms.yaml", law::terms()),
        ("regime", "regimes/*.yaml", law::regime()),
        ("routing", "routing.yaml", law::routing()),
        ("severity", "severity.yaml", law::severity()),
        ("projection", "projection.yaml", law::projection()),
        ("guidance", "guidance/*.md (front matter)", content::guidance()),
        ("guidance-words", "guidance/words.yaml", content::guidance_words()),
    ];
    let sources = ("guidance-sources", "guidance/sources.yaml", content::guidance_sources());
    let schema = |(name, files, schema): (&'static str, &'static str, Value)| {
        let title = format!("{files} of a Varsel rule pack");
        PackSchema { name, files, schema: with_definitions(&title, schema, &definitions) }
    };
    let whole: Vec<_> = kinds.into_iter().chain([sources]).collect();
    let overlays = overlay_kinds(&whole);
    whole.into_iter().chain(overlays).map(schema).collect()
}

/// What only an overlay has, in the form of what the whole pack has. Its other files have that form as it is.
fn overlay_kinds(whole: &[(&str, &str, Value)]) -> Vec<(&'static str, &'static str, Value)> {
    let of = |name: &str| whole.iter().find(|kind| kind.0 == name).map(|kind| &kind.2);
    let pack = ("overlay-pack", "pack.yaml (with extends)", of("pack").map(overlay::pack));
    let added = [
        ("overlay-calendar", "add/calendar.yaml", "calendar"),
        ("overlay-catalogue", "add/catalogue.yaml", "catalogue"),
        ("overlay-sectors", "add/sectors.yaml", "sectors"),
        ("overlay-units", "add/units.yaml", "units"),
        ("overlay-taxonomy", "add/taxonomy.yaml", "taxonomy"),
        ("overlay-terms", "add/terms.yaml", "terms"),
        ("overlay-routing", "add/routing.yaml", "routing"),
        ("overlay-severity", "add/severity.yaml", "severity"),
        ("overlay-projection", "add/projection.yaml", "projection"),
    ];
    let added = added.map(|(name, files, base)| (name, files, of(base).and_then(overlay::added)));
    let known = std::iter::once(pack).chain(added);
    known.filter_map(|(name, files, schema)| Some((name, files, schema?))).collect()
}

/// What several kinds of file speak of.
fn definitions(pack: &Pack) -> Map<String, Value> {
    let own = OWN_FACTS.iter().map(|(id, _)| *id);
    let facts = || pack.facts().iter().map(|fact| fact.id.as_str());
    let computed = pack.computed.iter().map(|computed| computed.id.as_str());
    let stages = pack.regimes.iter().flat_map(|regime| &regime.stages).map(|stage| stage.id.as_str());
    let mut definitions = law::condition_definitions();
    let shared = [
        ("fact", known(facts())),
        ("any_fact", known(facts().chain(computed).chain(own))),
        ("unit", known(pack.units().iter().map(|unit| unit.id.as_str()))),
        ("regime", known(pack.regime_ids())),
        ("role", known(pack.routing.roles.keys().map(String::as_str))),
        ("stage", known(stages)),
        ("playbook", known(pack.playbooks().iter().map(|playbook| playbook.playbook.as_str()))),
        ("text", told(object(vec![must("da", string()), must("en", string())]), "In Danish and English.")),
        (
            "period",
            object(vec![
                must("count", whole(1, 65_535)),
                must("unit", words(&["hour", "day", "week", "month"])),
            ]),
        ),
        ("confidence", words(CONFIDENCE)),
        ("part", words(&["lead", "support", "inform"])),
        ("unit_kind", words(UNIT_KINDS)),
        ("fact_type", words(FACT_TYPES)),
        (
            "because",
            object(vec![
                must("text", of("text")),
                must("cite", string()),
                may("confidence", of("confidence")),
            ]),
        ),
        ("source", object(vec![must("name", string()), may("url", string()), may("label", of("text"))])),
        (
            "value",
            json!({ "type": ["boolean", "string"], "description": "`unknown`: the law leaves it open." }),
        ),
    ];
    definitions.extend(shared.map(|(name, schema)| (name.to_owned(), schema)));
    definitions
}

const CONFIDENCE: &[&str] =
    &["primary", "official", "secondary", "derived", "own-design", "general-knowledge"];

const UNIT_KINDS: &[&str] = &[
    "sector_unit",
    "authority",
    "csirt",
    "spoc",
    "data_protection",
    "financial_supervisor",
    "police",
    "other",
];

const FACT_TYPES: &[&str] = &[
    "bool",
    "integer",
    "decimal",
    "money_eur",
    "minutes",
    "percent",
    "instant",
    "enum",
    "set",
    "countries",
    "text",
];
