//! What a pack may hold is bounded, so that checking one is; each limit says where it was met, and the way out.
//!
//! None of these tests looks at a clock: without the limits they would not end, or would take all memory.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod danish;

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use varsel_rules::{Pack, PackError, PackFiles};

fn refused(files: &PackFiles) -> Vec<PackError> {
    in_danish_too(Pack::from_files(files).unwrap_err())
}

fn in_danish_too(errors: Vec<PackError>) -> Vec<PackError> {
    let silent = errors.iter().find(|error| !danish::is_danish(&error.danish));
    assert!(silent.is_none(), "no Danish: {silent:?}");
    errors
}

/// The Danish pack with text in one of its files replaced.
fn with(file: &str, from: &str, to: &str) -> PackFiles {
    let mut files = PackFiles::embedded("dk");
    let text = files.get(file).unwrap();
    assert!(text.contains(from), "{file} no longer says `{from}`: this test must follow it");
    let text = text.replacen(from, to, 1);
    files.insert(file, text);
    files
}

fn expect(errors: &[PackError], file: &str, message: &str) {
    let found = errors.iter().find(|error| error.file == file && error.message.contains(message));
    assert!(
        found.is_some(),
        "no refusal of {file} with `{message}` among {:#?}",
        errors.get(..5.min(errors.len()))
    );
}

const CONDITION: &str = "{fact: incident.in_systems, is: true, cite: x}";

/// A term with this many parts, put before all others.
fn term(id: &str, part: &str, parts: usize) -> String {
    let parts = vec![part; parts].join(", ");
    format!("  - id: {id}\n    condition: {{all: [{parts}]}}\n")
}

#[test]
fn many_conditions_in_one_are_refused() {
    let files = with("terms.yaml", "\nterms:\n", &format!("\nterms:\n{}", term("many", CONDITION, 5_000)));
    let errors = refused(&files);
    expect(
        &errors,
        "terms.yaml",
        "5000 parts of one condition, 100 is the most: merge some, or leave some out",
    );
    assert!(errors.iter().any(|error| error.line > 0));
    let role = format!("recipients: [{{role: dpa, when: {{any: [{}]}}}}]", vec![CONDITION; 101].join(", "));
    let files = with("regimes/gdpr_33.yaml", "recipients: [{role: dpa}]", &role);
    expect(&refused(&files), "regimes/gdpr_33.yaml", "101 parts of one condition, 100 is the most");
    // Twenty thousand are more than a file may hold at all.
    let files = with("terms.yaml", "\nterms:\n", &format!("\nterms:\n{}", term("many", CONDITION, 20_000)));
    expect(&refused(&files), "terms.yaml", "split the file");
}

#[test]
fn terms_of_terms_do_not_multiply() {
    let mut terms = term("t0", CONDITION, 10);
    for level in 1..30 {
        terms.push_str(&term(&format!("t{level}"), &format!("{{term: t{}}}", level - 1), 10));
    }
    let errors = refused(&with("terms.yaml", "\nterms:\n", &format!("\nterms:\n{terms}")));
    expect(&errors, "terms.yaml", "10000 tests in one condition, its terms written out, 1000 is the most");
    expect(&errors, "terms.yaml", "conditions within each other, 24 is the most");
}

#[test]
fn what_all_conditions_test_together_is_bounded() {
    let rules =
        "  - level: 5\n    when: {term: large}\n    because: {text: {da: a, en: a}, cite: x}\n".repeat(300);
    let mut files = with("severity.yaml", "\nrules:\n", &format!("\nrules:\n{rules}"));
    let text = files.get("terms.yaml").unwrap().replacen(
        "\nterms:\n",
        &format!("\nterms:\n{}", term("large", CONDITION, 100)),
        1,
    );
    files.insert("terms.yaml", text);
    expect(&refused(&files), "severity.yaml", "more than 20000 tests of facts");
}

#[test]
fn what_is_tried_to_find_idle_conditions_is_bounded() {
    // Numbers that stand together, so that their values multiply; it holds only for the last that are tried.
    let facts = ["impact.users_affected", "org.employees"];
    let parts: Vec<String> = (1..=24)
        .map(|number| format!("{{fact: {}, more_than: {}}}", facts[number % 2], number * 10))
        .collect();
    let rule = format!(
        "  - level: 5\n    when: {{cite: x, least: 23, of: [{}]}}\n    because: {{text: {{da: a, en: a}}, cite: x}}\n",
        parts.join(", ")
    );
    let errors = refused(&with("severity.yaml", "\nrules:\n", &format!("\nrules:\n{}", rule.repeat(150))));
    let said =
        errors.iter().filter(|error| error.message.contains("tests had to be tried to check the pack"));
    assert_eq!(said.map(|error| error.file.as_str()).collect::<Vec<_>>(), ["severity.yaml"], "once");
}

#[test]
fn anchors_do_not_explode() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        bomb.extend([format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", "))]);
    }
    let mut files = PackFiles::embedded("dk");
    files.insert("units.yaml", bomb);
    expect(&refused(&files), "units.yaml", "");
}

#[test]
fn nesting_is_bounded() {
    let mut files = PackFiles::embedded("dk");
    for open in ["[", "{a: ", "- "] {
        files.insert("units.yaml", format!("units: \n  {}", open.repeat(100_000)));
        expect(&refused(&files), "units.yaml", "");
    }
}

#[test]
fn conditions_within_each_other_are_bounded() {
    for levels in [20, 40, 2000] {
        let nested = format!("triggered: {}{CONDITION}{}", "{not: ".repeat(levels), "}".repeat(levels));
        let errors = refused(&with("regimes/gdpr_34.yaml", "triggered:", &format!("{nested}\nx:")));
        let deep = errors.iter().any(|error| error.message.contains("write it flatter"));
        assert_eq!(deep, levels > 20, "{levels}: {errors:#?}");
    }
}

#[test]
fn lists_are_bounded_and_say_so() {
    let option = |number: usize| format!("{{id: o{number}, label: {{da: a, en: a}}}}");
    let options: Vec<String> = (0..600).map(option).collect();
    let fact = format!(
        "facts:\n  - {{id: x.y, type: set, group: what, label: {{da: a, en: a}}, options: [{}]}}\n",
        options.join(", ")
    );
    expect(
        &refused(&with("catalogue.yaml", "facts:\n", &fact)),
        "catalogue.yaml",
        "600 options, 500 is the most",
    );
    let aliases: Vec<String> = (0..500).map(|number| format!("alias_{number}")).collect();
    let files =
        with("catalogue.yaml", "aliases: [nature_type]", &format!("aliases: [{}]", aliases.join(", ")));
    expect(&refused(&files), "catalogue.yaml", "facts and aliases, 400 is the most");
    let fact = |number: usize| {
        format!("  - {{id: more.f{number}, type: bool, group: what, label: {{da: a, en: a}}}}\n")
    };
    let facts: String = (0..400).map(fact).collect();
    let files = with("catalogue.yaml", "facts:\n", &format!("facts:\n{facts}"));
    expect(&refused(&files), "catalogue.yaml", "facts and aliases, 400 is the most");
    let stage = "  - id: s\n    name: {da: a, en: a}\n    cite: x\n    confidence: primary\n    on: start\n    recipients: [{role: dpa}]\n    facts: {}\n";
    let files = with("regimes/gdpr_33.yaml", "stages:\n", &format!("stages:\n{}", stage.repeat(30)));
    expect(&refused(&files), "regimes/gdpr_33.yaml", "32 stages, 20 is the most");
    // Nobody reads ten thousand mistakes.
    let wrong: Vec<String> = (0..10_000).map(|number| format!("wrong_{number}")).collect();
    let files = with("regimes/gdpr_33.yaml", "X: [status_update]", &format!("X: [{}]", wrong.join(", ")));
    assert_eq!(refused(&files).len(), 500);
}

#[test]
fn files_are_bounded_in_number_and_size() {
    let mut files = PackFiles::embedded("dk");
    (0..400).for_each(|number| files.insert(format!("notes/{number}.md"), "x"));
    expect(&refused(&files), "pack.yaml", "at most 300 files");
    let mut files = PackFiles::embedded("dk");
    files.insert("notes.md", "x".repeat(2 << 20));
    expect(&refused(&files), "notes.md", "more than 1048576 bytes: split it, or shorten it");
    let mut files = PackFiles::embedded("dk");
    (0..5).for_each(|number| files.insert(format!("notes{number}.md"), "x".repeat(1 << 20)));
    expect(&refused(&files), "pack.yaml", "4194304 is the most");
}

#[test]
fn as_many_and_as_large_files_as_may_be_are_taken() {
    let mut files = PackFiles::embedded("dk");
    let size = |files: &PackFiles| {
        let texts = serde_json::to_value(files).unwrap();
        let lengths = texts.as_object().unwrap().values().map(|text| text.as_str().unwrap().len());
        (lengths.clone().count(), lengths.sum::<usize>())
    };
    let (count, bytes) = size(&files);
    (count..299).for_each(|number| files.insert(format!("notes/{number}.md"), ""));
    // Three files as large as a file may be, and the rest in one.
    (0..3).for_each(|number| files.insert(format!("large/{number}.md"), "x".repeat(1 << 20)));
    (296..299).for_each(|number| drop(files.remove(&format!("notes/{number}.md"))));
    files.insert("large/3.md", "x".repeat((1 << 20) - bytes));
    assert_eq!(size(&files), (300, 4 << 20));
    assert_eq!(Pack::from_files(&files).err(), None);
}

/// What is refused of a directory with the Danish pack and what `make` puts beside it.
fn refused_on_disk(make: impl FnOnce(&Path)) -> Vec<PackError> {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/dk"), folder.path());
    make(folder.path());
    in_danish_too(Pack::load(folder.path()).err().unwrap_or_default())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).map(drop).unwrap();
        }
    }
}

#[test]
fn only_regular_files_of_the_directory_are_read() {
    let outside = |name: &'static str, to: &'static str| {
        refused_on_disk(move |folder| symlink(to, folder.join(name)).unwrap())
    };
    for (name, to) in
        [("zero.yaml", "/dev/zero"), ("passwd.md", "/etc/passwd"), ("etc", "/etc"), ("up", "..")]
    {
        expect(&outside(name, to), name, "leads out of the pack: put the file itself here");
    }
    let errors = refused_on_disk(|folder| drop(UnixListener::bind(folder.join("socket.yaml")).unwrap()));
    expect(&errors, "socket.yaml", "no regular file");
    let errors = refused_on_disk(|folder| {
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.yaml")).status().unwrap();
        assert!(made.success());
    });
    expect(&errors, "pipe.yaml", "no regular file");
    expect(&outside("loop", "."), "loop/loop/loop/loop", "folders lie at most 3 deep");
    expect(&outside("gone.yaml", "nowhere"), "gone.yaml", "cannot read: it is not there");
    let errors = refused_on_disk(|folder| fs::write(folder.join("latin.md"), b"\xe6").unwrap());
    expect(&errors, "latin.md", "save it as UTF-8");
    let large = refused_on_disk(|folder| fs::write(folder.join("large.md"), "æ".repeat(1 << 20)).unwrap());
    expect(&large, "large.md", "more than 1048576 bytes");
    let many = refused_on_disk(|folder| {
        (0..400).for_each(|n| fs::write(folder.join(format!("z{n}.md")), "x").unwrap());
    });
    assert!(many.iter().any(|error| error.message.contains("at most 300 files")), "{many:?}");
}

#[test]
fn hidden_files_do_not_count_and_all_files_together_are_bounded() {
    let hidden = refused_on_disk(|folder| {
        (0..600).for_each(|n| fs::write(folder.join(format!(".z{n}.md")), "x").unwrap());
    });
    assert_eq!(hidden, []);
    let large = refused_on_disk(|folder| {
        (0..6).for_each(|n| fs::write(folder.join(format!("z{n}.md")), "x".repeat(1 << 20)).unwrap());
    });
    let said: Vec<_> = large.iter().map(|error| (error.file.as_str(), error.message.as_str())).collect();
    let message = "with this file the pack has more than 4194304 bytes: shorten it";
    assert_eq!(said, [("z3.md", message)], "the first file that is too much, once");
    let exact = refused_on_disk(|folder| fs::write(folder.join("z.md"), "x".repeat(1 << 20)).unwrap());
    assert_eq!(exact, [], "a file may have a mebibyte");
}

#[test]
fn a_directory_as_kubernetes_mounts_it_is_read() {
    // The files are links into a hidden folder beside them.
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/dk"), &folder.path().join("..2026_03_06"));
    symlink("..2026_03_06", folder.path().join("..data")).unwrap();
    for entry in fs::read_dir(folder.path().join("..data")).unwrap().map(Result::unwrap) {
        symlink(Path::new("..data").join(entry.file_name()), folder.path().join(entry.file_name())).unwrap();
    }
    assert_eq!(PackFiles::read(folder.path()).unwrap(), PackFiles::embedded("dk"));
}
