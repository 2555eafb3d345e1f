use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

use super::*;

/// What this thread has computed: what else runs on the machine counts for nothing.
fn computed() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

/// The gate refuses it for that reason, in less than 10 ms of its own computing.
fn is_refused_in_time(document: &str, reason: Refusal) {
    let begun = computed();
    let refused = check_document(document);
    let took = computed().saturating_sub(begun);
    assert_eq!(refused, Err(reason));
    assert!(took < Duration::from_millis(10), "the gate took {took:?} over {} bytes", document.len());
}

/// The query that explorers and code generators send first.
const INTROSPECTION: &str = "query I { __schema { queryType { name } types { ...T } directives { name args { ...V } } } }
    fragment T on __Type { kind name fields(includeDeprecated: true) { name args { ...V } type { ...R } } }
    fragment V on __InputValue { name type { ...R } defaultValue }
    fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
      ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }";

#[test]
fn ordinary_documents_pass() {
    for source in [
        "",
        "{ me { name } }",
        INTROSPECTION,
        "query Q($f: JSON! = {a: [1, 2]}) { a: assess(facts: $f) { ...A } } fragment A on Assessment { packVersion }",
        "fragment A on Assessment { packVersion } { assess(facts: {}) { ...A ... on Assessment { packVersion } } }",
        "query fragment { fragment on }",
        "{ unfinished(\"string",
        "{ a(text: \"\"\"block \\\"\"\" { { { \"\"\") # { { {\n }",
    ] {
        assert_eq!(check_document(source), Ok(()), "{source}");
    }
}

#[test]
fn root_fields_are_counted_however_they_are_written() {
    let assess = "assess(facts:$f){packVersion} ";
    let eleven = assess.repeat(11);
    for source in [
        format!("query($f:JSON!){{{eleven}}}"),
        format!("query($f:JSON!){{... on Query{{{eleven}}}}}"),
        format!("query($f:JSON!){{... @include(if: true) {{ ... {{{eleven}}}}}}}"),
        format!("query($f:JSON!){{...A ...A}} fragment A on Query{{{}}}", assess.repeat(6)),
        format!(
            "query($f:JSON!){{...A}} fragment A on Query{{...B ... on Query{{...B}}}} fragment B on Query{{{}}}",
            assess.repeat(6)
        ),
        "subscription{caseChanged(unit:\"a\"){sequence} caseChanged(unit:\"a\"){sequence}}".to_owned(),
        "mutation{submitReport{a} submitReport{a}}".to_owned(),
    ] {
        assert_eq!(check_document(&source), Err(Refusal::TooManyRootFields), "{source}");
    }
    let ten = format!(
        "query($f:JSON!){{{} ...A @skip(if: true)}} fragment A on Query{{me{{id name role}}}}",
        assess.repeat(9)
    );
    assert_eq!(check_document(&ten), Ok(()));
    assert_eq!(
        check_document(
            "query A{me{id}} subscription B{caseChanged(unit:\"a\"){case{id unit{id} incident{id}}}}"
        ),
        Ok(())
    );
}

#[test]
fn ten_kilobytes_of_nested_lists_are_refused() {
    let bomb = format!("{{incident(id:{}{}){{id}}}}", "[".repeat(5_000), "]".repeat(5_000));
    is_refused_in_time(&bomb, Refusal::TooDeep);
    let objects = format!("{{incident(id:{}1{}){{id}}}}", "{a:".repeat(30), "}".repeat(30));
    assert_eq!(check_document(&objects), Err(Refusal::TooDeep));
}

/// `levels` fragments, each of which spreads the next `width` times.
fn fragment_bomb(levels: usize, width: usize) -> String {
    let fragment = |level: usize| {
        let spreads = format!("...F{}", level + 1).repeat(width);
        format!("fragment F{level} on Viewer{{{spreads}}}")
    };
    let fragments: Vec<String> = (0..levels).map(fragment).collect();
    format!("{{me{{...F0}}}}{}fragment F{levels} on Viewer{{id}}", fragments.concat())
}

#[test]
fn six_hundred_bytes_of_fragments_are_refused() {
    let bomb = fragment_bomb(9, 8);
    assert!(bomb.len() < 700, "{}", bomb.len());
    is_refused_in_time(&bomb, Refusal::FragmentsTooLarge);
    is_refused_in_time(&fragment_bomb(30, 20), Refusal::FragmentsTooLarge);
    assert_eq!(check_document(&fragment_bomb(3, 4)), Ok(()));
}

#[test]
fn fragments_hidden_between_keywords_are_counted() {
    let hidden = fragment_bomb(9, 8).replace("on Viewer", "on query").replace("F0", "fragment");
    assert_eq!(check_document(&hidden), Err(Refusal::FragmentsTooLarge));
    let described = fragment_bomb(9, 8).replace("fragment F", "\"words\" fragment F");
    assert_eq!(check_document(&described), Err(Refusal::FragmentsTooLarge));
}

#[test]
fn fragments_in_a_circle_are_refused_by_name() {
    let circle =
        "{me{...A}} fragment A on Viewer{...B} fragment B on Viewer{...C} fragment C on Viewer{...A}";
    assert!(matches!(check_document(circle), Err(Refusal::FragmentCycle(_))));
    let itself = "fragment A on Viewer{...A}";
    assert_eq!(check_document(itself), Err(Refusal::FragmentCycle("A".to_owned())));
}

#[test]
fn aliases_are_counted_and_arguments_are_not() {
    let aliases = |count: usize| {
        let fields: Vec<String> = (0..count).map(|n| format!("a{n}: id")).collect();
        format!("{{ me {{ {} }} }}", fields.join(" "))
    };
    assert_eq!(check_document(&aliases(15)), Ok(()));
    assert_eq!(check_document(&aliases(16)), Err(Refusal::TooManyAliases));
    let arguments: Vec<String> = (0..100).map(|n| format!("a{n}: {{b: 1}}")).collect();
    assert_eq!(check_document(&format!("{{ x({}) {{ y }} }}", arguments.join(" "))), Ok(()));
}

#[test]
fn long_documents_are_refused() {
    assert_eq!(check_document(&format!("{{ {} }}", "a ".repeat(2_000))), Err(Refusal::TooLong));
}

#[test]
fn variables_nest_thirty_two_deep_at_most() {
    let nested = |levels: usize| (1..levels).fold(json!([]), |inner, _| json!([inner]));
    assert_eq!(check_variables(&nested(32)), Ok(()));
    assert_eq!(check_variables(&nested(33)), Err(Refusal::VariablesTooDeep));
    assert_eq!(check_variables(&json!(null)), Ok(()));
}

#[test]
fn a_long_token_is_no_way_around_the_limits() {
    for long in [
        "x".repeat(BYTES + 1),
        format!("#{}", "x".repeat(BYTES)),
        format!("{{a(b:\"{}\")}}", "é".repeat(BYTES / 2)),
    ] {
        assert_eq!(check_document(&long), Err(Refusal::TooLarge));
    }
    for short in ["x", "\"", "\"\"\"", "#", "...", "{", "\u{feff}", "\0", "é"] {
        let many = short.repeat(BYTES / short.len());
        let refused = matches!(check_document(&many), Err(Refusal::TooLong | Refusal::TooDeep) | Ok(()));
        assert!(refused, "{short:?}");
    }
}

#[test]
fn nesting_of_every_kind_is_counted() {
    let deep = NESTING + 1;
    let (lists, ends) = ("[".repeat(deep), "]".repeat(deep));
    for source in [
        format!("query($v: {lists}Int{ends}) {{ a }}"),
        format!("query($v: Int = {lists}{ends}) {{ a }}"),
        format!("{{ a(b: {lists}{ends}) }}"),
        format!("{{ a @skip(if: {lists}{ends}) }}"),
        format!("{}id{}", "{me ".repeat(deep), "}".repeat(deep)),
        format!("{}id{}", "{... on Viewer ".repeat(deep), "}".repeat(deep)),
        format!("{{ a(b: {}1{}) }}", "{c: [".repeat(deep), "]}".repeat(deep)),
        format!("{{ a }} # {lists}\n {{ a(b: {lists}) }}"),
        "{(".repeat(deep),
    ] {
        assert_eq!(check_document(&source), Err(Refusal::TooDeep), "{source}");
    }
    // Brackets in strings and comments are none.
    assert_eq!(check_document(&format!("{{ a(b: \"{lists}\") # {lists}\n }}")), Ok(()));
    assert_eq!(check_document(&format!("{{ a(b: \"\"\"{lists}\"\"\") }}")), Ok(()));
}

#[test]
fn width_times_depth_is_what_counts() {
    for (levels, width) in [(2, 32), (3, 11), (5, 4), (10, 2), (60, 2), (400, 2)] {
        assert_ne!(check_document(&fragment_bomb(levels, width)), Ok(()), "{levels} × {width}");
    }
    for (levels, width) in [(1, 100), (2, 15), (3, 5), (200, 1)] {
        assert_eq!(check_document(&fragment_bomb(levels, width)), Ok(()), "{levels} × {width}");
    }
    let repeated = format!("{{ me {{ {} }} }}", "id ".repeat(1_100));
    assert_eq!(check_document(&repeated), Err(Refusal::FragmentsTooLarge));
    let directives = format!("{{ me {} {{ id }} }}", "@include(if: true) ".repeat(400));
    assert_eq!(check_document(&directives), Err(Refusal::TooLong));
}
