//! What is generated is checked in, and is what the code generates.

use std::path::Path;

fn checked_in(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_graphql_schema_is_as_checked_in() {
    let same = checked_in("schema.graphql").trim_end() == varsel_server::graphql::sdl().trim_end();
    assert!(
        same,
        "run `make generate` (varsel schema graphql > schema/schema.graphql) and look at the difference"
    );
}

#[test]
fn the_schema_of_the_settings_is_as_checked_in() {
    let same = serde_json::from_str::<serde_json::Value>(&checked_in("config.json")).unwrap()
        == varsel_server::config::schema();
    assert!(
        same,
        "run `make generate` (varsel schema config > schema/config.json) and look at the difference"
    );
}

#[test]
fn the_schema_of_the_facts_is_as_checked_in() {
    let pack = varsel_rules::Pack::embedded("dk").unwrap();
    let same = serde_json::from_str::<serde_json::Value>(&checked_in("facts.schema.json")).unwrap()
        == pack.facts_schema();
    assert!(
        same,
        "run `make generate` (varsel schema facts > schema/facts.schema.json) and look at the difference"
    );
}
