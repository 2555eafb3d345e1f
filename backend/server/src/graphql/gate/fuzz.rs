//! The gate and what comes after it, together: whatever passes, the parser and the validation take on a thread with the
//! stack of the server's own threads, and answer.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{check_document, check_variables};
use crate::graphql::{Schema, builder, limited};

/// Bytes of stack that a thread of the server has.
const STACK: usize = 2 * 1024 * 1024;

/// The schema without anything behind its resolvers.
static SCHEMA: LazyLock<Schema> = LazyLock::new(|| limited(builder()).finish());

/// Executes what passes. A stack that ends takes the process, and so the test, with it.
fn answered(document: &str) -> bool {
    if check_document(document).is_err() {
        return true;
    }
    let request = async_graphql::Request::new(document);
    let thread = std::thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        drop(runtime.block_on(SCHEMA.execute(request)));
    });
    running.unwrap().join().is_ok()
}

const WORDS: [&str; 44] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "...",
    "$",
    "@",
    "=",
    "!",
    "|",
    "&",
    "\"",
    "\"\"\"",
    "#",
    "\n",
    ",",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "on",
    "Query",
    "Viewer",
    "me",
    "id",
    "pack",
    "units",
    "name",
    "__typename",
    "__schema",
    "A",
    "B",
    "$v",
    "@skip(if: true)",
    "1",
    "-1.5e9",
    "true",
    "\u{0}",
    "é\u{202e}",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..300).prop_map(|words| words.join(" "))
}

/// Well-formed and hostile: brackets of each kind in each other, in every place that takes a value or a selection.
fn nested() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(vec![
        ("query($v: ", "[", "Int", "]", "){ me { id } }"),
        ("query($v: JSON = ", "[", "1", "]", "){ me { id } }"),
        ("{ assess(facts: ", "[", "", "]", ") { packVersion } }"),
        ("{ assess(facts: ", "{a: ", "1", "}", ") { packVersion } }"),
        ("{ me @skip(if: ", "[", "true", "]", ") { id } }"),
        ("{ ", "... on Query { ", "me { id } ", "} ", "}"),
        ("{ ", "... @include(if: true) { ", "me { id } ", "} ", "}"),
        ("{ pack { units ", "{ name ", "{ da }", "}", "} }"),
    ]);
    (kinds, 0_usize..40, 0_usize..40).prop_map(|((head, open, inner, close, tail), opened, closed)| {
        format!("{head}{}{inner}{}{tail}", open.repeat(opened), close.repeat(closed))
    })
}

/// Fragments that spread the next ones, some in a circle.
fn web() -> impl Strategy<Value = String> {
    (1_usize..260, 1_usize..5, 0_usize..300).prop_map(|(levels, width, last)| {
        let fragment = |level: usize| {
            let spreads = format!("...F{} ", level + 1).repeat(width);
            format!("fragment F{level} on Viewer {{ {spreads} }} ")
        };
        let fragments: String = (0..levels).map(fragment).collect();
        let end = if last < levels { format!("...F{last}") } else { "id".to_owned() };
        format!("{{ me {{ ...F0 }} }} {fragments} fragment F{levels} on Viewer {{ {end} }}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn token_soup_is_answered(document in soup()) {
        prop_assert!(answered(&document));
    }

    #[test]
    fn nesting_is_answered(document in nested()) {
        prop_assert!(answered(&document));
    }

    #[test]
    fn webs_of_fragments_are_answered(document in web()) {
        prop_assert!(answered(&document));
    }

    #[test]
    fn any_text_is_answered(document in any::<String>()) {
        prop_assert!(answered(&document));
        prop_assert_eq!(check_variables(&serde_json::json!({ "text": document })), Ok(()));
    }
}

#[test]
fn the_longest_chain_that_passes_is_answered() {
    let chain: Vec<String> =
        (0..240).map(|level| format!("fragment F{level} on Viewer{{...F{}}}", level + 1)).collect();
    let document = format!("{{me{{...F0}}}}{}fragment F240 on Viewer{{id}}", chain.concat());
    assert_eq!(check_document(&document), Ok(()), "it must be the gate that lets it pass");
    assert!(answered(&document));
}
