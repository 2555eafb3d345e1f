//! What the gate before the GraphQL parser costs: a normal operation under 0.1 ms, a bomb under 10 ms, and either under 1 MB of
//! memory, or the benchmark fails.

#![expect(clippy::expect_used, reason = "a benchmark that cannot start itself again measures no memory")]

use std::process::Command;
use std::time::{Duration, Instant};

use divan::{AllocProfiler, Bencher, Divan, black_box};
use varsel_server::graphql::gate::{Refusal, check_document};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

/// What this program is told when it is to count memory, and nothing else.
const COUNT: &str = "count-memory";

fn main() {
    if std::env::args().nth(1).as_deref() == Some(COUNT) {
        // Of what is held at once, divan gives each call of a sample a share: with one call it is the whole.
        Divan::default().sample_size(1).sample_count(10).run_benches();
        return;
    }
    divan::main();
    within(Duration::from_micros(100), &largest_operation());
    for bomb in [literals(), fragments(9, 8), web()] {
        within(Duration::from_millis(10), &bomb);
    }
    within_a_megabyte();
}

/// No benchmark holds 1 MB at once, by the table that divan prints in a process of its own.
fn within_a_megabyte() {
    let own = std::env::current_exe().expect("this program");
    let counted = Command::new(own).arg(COUNT).output().expect("it starts");
    let table = String::from_utf8_lossy(&counted.stdout);
    assert!(counted.status.success(), "{table}{}", String::from_utf8_lossy(&counted.stderr));
    let (mut lines, mut found) = (table.lines(), 0);
    while lines.any(|line| line.contains("max alloc:")) {
        // Below it stands how many pieces it was, and then how many bytes.
        let bytes = lines.nth(1).unwrap_or_default();
        let mut cells = bytes.split('│').map(str::trim).filter(|cell| !cell.is_empty()).peekable();
        assert!(cells.peek().is_some(), "no bytes:\n{table}");
        assert!(cells.all(|cell| cell.ends_with(" B") || cell.ends_with(" KB")), "{bytes}:\n{table}");
        found += 1;
    }
    assert!(found > 0, "no memory was counted:\n{table}");
}

/// The fastest of many is within the bound: what else runs on the machine counts for nothing.
fn within(bound: Duration, document: &str) {
    let fastest = (0..100).map(|_| {
        let begun = Instant::now();
        let _ = black_box(check_document(black_box(document)));
        begun.elapsed()
    });
    let fastest = fastest.min().unwrap_or(Duration::MAX);
    assert!(fastest < bound, "{} bytes take {fastest:?}", document.len());
}

/// The pages' largest operation, as the server has it.
fn largest_operation() -> String {
    let list = include_str!("../../../schema/operations.json");
    let operations: std::collections::HashMap<String, String> =
        serde_json::from_str(list).unwrap_or_default();
    operations.into_values().max_by_key(String::len).unwrap_or_default()
}

/// `levels` fragments, each of which spreads the next `width` times.
fn fragments(levels: usize, width: usize) -> String {
    let fragment = |level: usize| {
        let spreads = format!("...F{}", level + 1).repeat(width);
        format!("fragment F{level} on Viewer{{{spreads}}}")
    };
    let fragments: Vec<String> = (0..levels).map(fragment).collect();
    format!("{{me{{...F0}}}}{}fragment F{levels} on Viewer{{id}}", fragments.concat())
}

/// 10 kB of nested lists.
fn literals() -> String {
    format!("{{incident(id:{}{}){{id}}}}", "[".repeat(5_000), "]".repeat(5_000))
}

/// Every fragment spreads every later one: the most edges for the least tokens.
fn web() -> String {
    let fragment = |level: usize| {
        let spreads: Vec<String> = (level + 1..40).map(|other| format!("...F{other} ")).collect();
        format!("fragment F{level} on Viewer{{{} id}}", spreads.concat())
    };
    let web: String = (0..40).map(fragment).collect();
    format!("{{me{{...F0}}}}{web}")
}

fn measure(bencher: Bencher<'_, '_>, document: &str, expected: &Result<(), Refusal>) {
    assert_eq!(check_document(document), *expected);
    bencher.bench(|| check_document(black_box(document)));
}

#[divan::bench]
fn normal_operation(bencher: Bencher<'_, '_>) {
    measure(bencher, &largest_operation(), &Ok(()));
}

#[divan::bench]
fn literal_bomb_of_10_kb(bencher: Bencher<'_, '_>) {
    measure(bencher, &literals(), &Err(Refusal::TooDeep));
}

#[divan::bench]
fn fragment_bomb_of_600_bytes(bencher: Bencher<'_, '_>) {
    measure(bencher, &fragments(9, 8), &Err(Refusal::FragmentsTooLarge));
}

/// As many fragments and spreads as the tokens allow, in one long chain.
#[divan::bench]
fn longest_chain_of_fragments(bencher: Bencher<'_, '_>) {
    measure(bencher, &fragments(200, 1), &Ok(()));
}

#[divan::bench]
fn densest_web_of_fragments(bencher: Bencher<'_, '_>) {
    measure(bencher, &web(), &Err(Refusal::FragmentsTooLarge));
}

/// One token as long as a document may be.
#[divan::bench]
fn string_of_64_kib(bencher: Bencher<'_, '_>) {
    measure(bencher, &format!("{{a(b:\"{}\")}}", "\\\"".repeat(32_000)), &Ok(()));
}

#[divan::bench]
fn punctuation_of_64_kib(bencher: Bencher<'_, '_>) {
    measure(bencher, &"!".repeat(64 * 1024), &Err(Refusal::TooLong));
}
