//! The schemas are held to the types that read the files: both accept the embedded pack, both refuse what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::validator::Validator;
use super::{PackSchema, pack_schemas};
use crate::pack::content::{CatalogueDoc, SectorsDoc, TaxonomyDoc, UnitsDoc};
use crate::pack::doc::{PackDoc, ProjectionDoc, RegimeDoc, RoutingDoc, SeverityDoc, TermsDoc};
use crate::pack::guidance::{FrontDoc, SourcesDoc, WordsDoc};
use crate::pack::refusal::Refusals;
use crate::pack::yaml;
use crate::{CalendarFile, Pack, PackFiles};

/// One file of the embedded pack as an editor sees it: its name, and what YAML it holds.
fn instances(schema: &PackSchema) -> Vec<(String, Value)> {
    let files = PackFiles::embedded("dk");
    let (folder, ending) = match schema.name {
        "regime" => ("regimes/", ".yaml"),
        "guidance" => ("guidance/", ".md"),
        _ => (schema.files, ""),
    };
    let mut found = Vec::new();
    for (path, text) in files.under(folder).filter(|(path, _)| path.ends_with(ending)) {
        let front = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
        let yaml = front.map_or(text, |(front, _)| front);
        let value = serde_saphyr::from_str(yaml).unwrap_or_else(|error| panic!("{path}: {error}"));
        found.push((path.to_owned(), value));
    }
    assert!(!found.is_empty(), "no file is {}", schema.files);
    found
}

/// What the reader of this kind of file refuses about it.
fn refused(schema: &PackSchema, instance: &Value) -> Vec<String> {
    fn read<T: DeserializeOwned>(text: &str) -> Vec<String> {
        let mut refusals = Refusals::default();
        let _: Option<T> = yaml::parse(text, "file", 0, &mut refusals);
        refusals.check().err().unwrap_or_default().into_iter().map(|refusal| refusal.message).collect()
    }
    let text = instance.to_string();
    match schema.name {
        "pack" => read::<PackDoc>(&text),
        "calendar" => read::<CalendarFile>(&text),
        "catalogue" => read::<CatalogueDoc>(&text),
        "sectors" => read::<SectorsDoc>(&text),
        "units" => read::<UnitsDoc>(&text),
        "taxonomy" => read::<TaxonomyDoc>(&text),
        "terms" => read::<TermsDoc>(&text),
        "regime" => read::<RegimeDoc>(&text),
        "routing" => read::<RoutingDoc>(&text),
        "severity" => read::<SeverityDoc>(&text),
        "projection" => read::<ProjectionDoc>(&text),
        "guidance" => read::<FrontDoc>(&text),
        "guidance-words" => read::<WordsDoc>(&text),
        "guidance-sources" => read::<SourcesDoc>(&text),
        other => panic!("no reader of {other}"),
    }
}

/// For each object of a schema, one instance with the place where such an object stands, having as many keys as any.
fn objects(schema: &PackSchema) -> BTreeMap<String, (Value, String)> {
    let mut objects: BTreeMap<String, (usize, Value, String)> = BTreeMap::new();
    for (_, instance) in instances(schema) {
        let mut validator = Validator::new(&schema.schema);
        validator.errors(&instance);
        for met in validator.met {
            let keys = instance.pointer(&met.at).and_then(Value::as_object).map_or(0, serde_json::Map::len);
            let best = objects.entry(met.schema.to_string()).or_default();
            if keys > best.0 {
                *best = (keys, instance.clone(), met.at);
            }
        }
    }
    objects.into_iter().map(|(schema, (_, instance, at))| (schema, (instance, at))).collect()
}

/// Those of a whole pack.
fn schemas() -> Vec<PackSchema> {
    all().into_iter().filter(|schema| !schema.name.starts_with("overlay-")).collect()
}

/// Those of overlays besides.
fn all() -> Vec<PackSchema> {
    pack_schemas(&Pack::embedded("dk").unwrap())
}

/// The schema that an editor uses for a file of an overlay.
fn of_overlay<'a>(schemas: &'a [PackSchema], path: &str) -> &'a PackSchema {
    let files = match path {
        "pack.yaml" => "pack.yaml (with extends)",
        path if path.starts_with("regimes/") => "regimes/*.yaml",
        path => path,
    };
    schemas.iter().find(|schema| schema.files == files).unwrap_or_else(|| panic!("no schema for {path}"))
}

#[test]
fn every_file_of_the_draft_over_the_law_conforms() {
    let (schemas, files) = (all(), PackFiles::of_jurisdiction("dk-draft"));
    let mut added = 0;
    for (path, text) in files.under("") {
        let schema = of_overlay(&schemas, path);
        let instance: Value = serde_saphyr::from_str(text).unwrap();
        let errors = Validator::new(&schema.schema).errors(&instance);
        assert!(errors.is_empty(), "{path} against {}: {errors:#?}", schema.name);
        let mut wrong = instance.clone();
        wrong["zzz"] = Value::Null;
        assert!(!Validator::new(&schema.schema).errors(&wrong).is_empty(), "{path} does not refuse `zzz`");
        // An item that lacks what every item has is as wrong there as in the base's own list.
        if let Some((_, list)) = instance.as_object().unwrap().iter().find(|_| path.starts_with("add/")) {
            let name = if list[0]["id"].is_string() { "id" } else { "role" };
            let mut wrong = instance.clone();
            let items = wrong.as_object_mut().unwrap().values_mut().next().unwrap();
            assert!(items[0].as_object_mut().unwrap().remove(name).is_some(), "{path}");
            assert!(!Validator::new(&schema.schema).errors(&wrong).is_empty(), "{path} without `{name}`");
            added += 1;
        }
    }
    assert!(added >= 4, "only {added} files add to lists");
}

#[test]
fn an_overlay_says_what_it_extends_and_adds_to_lists_only() {
    let schemas = all();
    let errors =
        |path: &str, instance: Value| Validator::new(&of_overlay(&schemas, path).schema).errors(&instance);
    assert!(errors("pack.yaml", serde_json::json!({ "extends": "dk" })).is_empty());
    assert!(!errors("pack.yaml", serde_json::json!({ "version": "2026.2" })).is_empty());
    let lead = serde_json::json!({ "lead": { "centre": "csirt" } });
    assert!(!errors("add/routing.yaml", lead).is_empty(), "a map is not a list to add to");
    let whole = schemas.iter().find(|schema| schema.name == "pack").unwrap();
    let overlay = serde_json::json!({ "extends": "dk" });
    assert!(!Validator::new(&whole.schema).errors(&overlay).is_empty(), "a whole pack extends nothing");
}

#[test]
fn every_file_of_the_embedded_pack_has_a_schema_and_conforms() {
    let mut covered = BTreeSet::new();
    for schema in schemas() {
        for (path, instance) in instances(&schema) {
            let errors = Validator::new(&schema.schema).errors(&instance);
            assert!(errors.is_empty(), "{path} against {}: {errors:#?}", schema.name);
            assert_eq!(refused(&schema, &instance), Vec::<String>::new(), "{path}");
            covered.insert(path);
        }
    }
    let files = PackFiles::embedded("dk");
    let all: BTreeSet<String> = files.under("").map(|(path, _)| path.to_owned()).collect();
    assert_eq!(all.difference(&covered).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn an_unknown_key_is_refused_by_both_wherever_it_stands() {
    let mut compared = 0;
    for schema in schemas() {
        for (object, (mut instance, at)) in objects(&schema) {
            let object: Value = serde_json::from_str(&object).unwrap();
            if object.get("additionalProperties") != Some(&Value::Bool(false)) {
                continue;
            }
            instance.pointer_mut(&at).unwrap()["zzz"] = Value::Null;
            let errors = Validator::new(&schema.schema).errors(&instance);
            assert!(!errors.is_empty(), "{} does not refuse `zzz` at {at}", schema.name);
            let said = refused(&schema, &instance).join("\n");
            assert!(
                !said.is_empty(),
                "the reader of {} accepts `zzz` at {at}, the schema does not",
                schema.name
            );
            // The reader names the keys that it knows: the schema must know the same.
            if let Some((_, keys)) = said.split_once("expected one of ") {
                let keys = keys.split_once(" at line ").map_or(keys, |(keys, _)| keys);
                let known: BTreeSet<&str> = keys.split(", ").collect();
                let own: BTreeSet<&str> =
                    object["properties"].as_object().unwrap().keys().map(String::as_str).collect();
                assert_eq!(own, known, "{} at {at}", schema.name);
                compared += 1;
            }
        }
    }
    assert!(compared >= 30, "only {compared} objects were compared key by key");
}

#[test]
fn a_key_taken_out_is_missed_by_both_or_by_none() {
    for schema in schemas() {
        for (object, (instance, at)) in objects(&schema) {
            // What the linter refuses later, who has the words for it: a condition with no form, a subsector or a
            // stage that lacks what only it must have.
            let one_form = object.contains("\"oneOf\"") && object.contains("\"count_at_least\"");
            if one_form || (schema.name, at.contains("/subsectors/")) == ("sectors", true) {
                continue;
            }
            let keys: Vec<String> =
                instance.pointer(&at).unwrap().as_object().unwrap().keys().cloned().collect();
            for key in keys.iter().filter(|key| !(schema.name == "regime" && **key == "cite")) {
                let mut without = instance.clone();
                without.pointer_mut(&at).unwrap().as_object_mut().unwrap().remove(key);
                let errors = Validator::new(&schema.schema).errors(&without);
                let said = refused(&schema, &without);
                assert_eq!(
                    errors.is_empty(),
                    said.is_empty(),
                    "{} without `{at}/{key}`: schema {errors:?}, reader {said:?}",
                    schema.name
                );
            }
        }
    }
}

#[test]
fn a_condition_has_one_form_and_one_test() {
    let schemas = schemas();
    let severity = schemas.iter().find(|schema| schema.name == "severity").unwrap();
    let (_, good) = instances(severity).remove(0);
    let with = |condition: Value| {
        let mut instance = good.clone();
        instance["rules"][0]["when"] = condition;
        Validator::new(&severity.schema).errors(&instance)
    };
    let leaf = serde_json::json!({"fact": "impact.death", "is": true});
    assert!(with(leaf.clone()).is_empty());
    for wrong in [
        serde_json::json!({}),
        serde_json::json!({"fact": "impact.death"}),
        serde_json::json!({"fact": "impact.death", "is": true, "one_of": ["a"]}),
        serde_json::json!({"all": [leaf.clone()], "any": [leaf.clone()]}),
        serde_json::json!({"least": 2}),
        serde_json::json!({"fact": "impact.death", "is_known": false}),
        serde_json::json!({"fact": "impact.users_affected", "more_than": "many"}),
    ] {
        assert!(!with(wrong.clone()).is_empty(), "{wrong} is accepted");
    }
}

#[test]
fn ids_are_completed_and_definitions_used() {
    for schema in schemas() {
        assert_eq!(schema.schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let text = schema.schema.to_string();
        let definitions = schema.schema.get("$defs").and_then(Value::as_object);
        for name in definitions.into_iter().flat_map(serde_json::Map::keys) {
            assert!(text.contains(&format!("\"#/$defs/{name}\"")), "{}: {name} is not used", schema.name);
        }
    }
    let regime = schemas().into_iter().find(|schema| schema.name == "regime").unwrap().schema;
    let completed = |definition: &str| regime["$defs"][definition]["anyOf"][0]["enum"].to_string();
    assert!(completed("any_fact").contains("\"incident.in_systems\""), "a fact that follows from others");
    assert!(completed("any_fact").contains("\"assessment.duties\""), "a fact of the engine");
    assert!(!completed("fact").contains("\"assessment.duties\""), "nobody is asked for a fact of the engine");
    assert!(completed("role").contains("\"csirt\""));
}
