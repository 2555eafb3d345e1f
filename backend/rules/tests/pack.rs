//! The Danish pack is one that the linter accepts.

#[test]
fn the_embedded_pack_has_no_refusals() {
    let refusals = varsel_rules::Pack::embedded("dk").err().unwrap_or_default();
    let said: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}
