//! Each slip is said in both languages, in words of ours.

use serde::Deserialize;

use super::*;
use crate::Text;
use crate::pack::said::danish::is_danish;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read")]
struct Doc {
    #[serde(default)]
    id: String,
    #[serde(default)]
    count: u16,
    #[serde(default)]
    share: f64,
    #[serde(default)]
    flag: bool,
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    word: Word,
    text: Option<Text>,
    nested: Option<Box<Doc>>,
    either: Option<crate::condition::doc::ThresholdDoc>,
    three: Option<(u8, u8, u8)>,
    period: Option<crate::Period>,
    numbers: Option<Numbers>,
}

/// Every kind of number that the files of a pack have.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Numbers {
    level: Option<u8>,
    easter: Option<i16>,
    day: Option<u32>,
    year: Option<i32>,
    least: Option<usize>,
    whole: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    #[default]
    First,
    Second,
}

fn refused<T: DeserializeOwned>(text: &str) -> Option<Said> {
    let mut refusals = Refusals::default();
    parse::<T>(text, "file", 0, &mut refusals).is_none().then(|| {
        let only = refusals.check().unwrap_err().remove(0);
        Said { en: only.message, da: only.danish }
    })
}

/// What is written, and how the English and the Danish begin.
const SLIPS: &[(&str, &str, &str)] = &[
    ("idd: x", "unknown field `idd`, expected one of id, count", "ukendt felt `idd`, her kan stå id, count"),
    (
        "word: firs",
        "unknown variant `firs`, expected one of first, second: did",
        "ukendt ord `firs`, her kan stå",
    ),
    ("id: x\nid: y", "duplicate mapping key `id`: take one", "nøglen `id` står der to gange"),
    ("text: {da: x}", "this text lacks `en`", "teksten mangler `en`"),
    ("either: [1]", "write a number, `{percent", "skriv et tal, `{percent"),
    (
        "count: 70000",
        "the value does not fit: write a whole number from 0 to 65535",
        "værdien passer ikke: skriv et helt tal",
    ),
    (
        "period: {count: 0, unit: hour}",
        "the value does not fit: write a whole number from 1 to 65535",
        "værdien passer ikke: skriv et helt tal fra 1 til 65535",
    ),
    (
        "numbers: {level: 256}",
        "the value does not fit: write a whole number from 0 to 255",
        "værdien passer ikke: skriv et helt tal fra 0 til 255",
    ),
    (
        "numbers: {easter: 40000}",
        "the value does not fit: write a whole number from -32768 to 32767",
        "værdien passer ikke: skriv et helt tal fra -32768 til 32767",
    ),
    (
        "numbers: {day: -1}",
        "the value does not fit: write a whole number from 0 to 4294967295",
        "værdien passer ikke: skriv et helt tal fra 0 til 4294967295",
    ),
    (
        "numbers: {year: MMXX}",
        "the value does not fit: write a whole number from -2147483648 to 2147483647",
        "værdien passer ikke: skriv et helt tal fra -2147483648 til 2147483647",
    ),
    (
        "numbers: {least: -1}",
        "the value does not fit: write a whole number, not below 0",
        "værdien passer ikke: skriv et helt tal, ikke under 0",
    ),
    (
        "numbers: {whole: 1.5}",
        "the value does not fit: write a whole number",
        "værdien passer ikke: skriv et helt tal",
    ),
    ("period: {unit: hour}", "missing field `count`", "feltet mangler: `count`"),
    ("count: many", "the value does not fit: write a whole number", "værdien passer ikke"),
    ("share: x", "the value does not fit: write a number", "værdien passer ikke: skriv et tal"),
    (
        "flag: perhaps",
        "the value does not fit: write true or false",
        "værdien passer ikke: skriv true eller false",
    ),
    ("list: x", "expected a list", "her skal stå en liste"),
    ("nested: x", "expected fields", "her skal stå felter"),
    ("id: [x]", "expected a text", "her skal stå en tekst"),
    ("three: [1, 2]", "2 entries here, write 3 values", "2 led her, skriv 3 værdier"),
    ("word: [first]", "the number or the form of entries", "her passer antallet eller formen"),
    ("- x", "expected fields", "her skal stå felter"),
    ("id: 'x", "a quotation mark is not closed", "et anførselstegn er ikke lukket"),
    ("id: \"x", "a quotation mark is not closed", "et anførselstegn er ikke lukket"),
    ("id: 'x' y", "something follows a value at once", "der følger noget lige efter en værdi"),
    ("id: \"\\q\"", "`\\` begins a character", "`\\` indleder et tegn"),
    ("list: [x", "brackets or commas do not match", "parenteser eller kommaer"),
    ("list: [x}", "brackets or commas do not match", "parenteser eller kommaer"),
    ("list: x]\n]", "expected a list", "her skal stå en liste"),
    ("id: x: y", "a colon stands wrong", "et kolon står forkert"),
    ("id: x\n  count: 1", "a colon stands wrong", "et kolon står forkert"),
    ("id: x\ncount", "a colon stands wrong", "et kolon står forkert"),
    ("nested:\n    id: x\n  count: 1", "the indentation does not fit", "indrykningen passer ikke"),
    ("nested:\n\tid: x", "a tab cannot stand here", "tabulator kan ikke stå her"),
    ("id: @x", "the character `@` cannot stand here", "tegnet `@` kan ikke stå her"),
    ("id: - x", "the indentation does not fit", "indrykningen passer ikke"),
    ("list: [- x]", "a dash stands wrong", "en bindestreg står forkert"),
    ("id: |x\n  y", "after `|` or `>` a new line begins", "efter `|` eller `>` begynder en ny linje"),
    ("id: 'x'#y", "a comment stands wrong", "en kommentar står forkert"),
    ("id: * x", "`*` refers to a value that is not there", "`*` henviser til en værdi"),
    ("list: &x [x]\nid: *x", "expected a text or a number here", "her skal stå en tekst eller et tal"),
    ("id: *x", "`*` refers to a value that is not there", "`*` henviser til en værdi"),
    ("id: !!binary x", "a pack uses no tags", "en pakke bruger ingen mærker"),
    ("id: !x!y z", "a pack uses no tags", "en pakke bruger ingen mærker"),
    ("%YAML\n---\nid: x", "a pack uses no tags (`!`) or directives", "en pakke bruger ingen mærker"),
    ("id: x\n---\nid: y", "a file of a pack is one YAML document", "en fil i en pakke er ét YAML-dokument"),
    ("id: x\n... y", "a file of a pack is one YAML document", "en fil i en pakke er ét YAML-dokument"),
    (
        "id: x\n\u{feff}count: 1",
        "a file of a pack is one YAML document",
        "en fil i en pakke er ét YAML-dokument",
    ),
    ("id: ~", "expected a text here", "her skal stå en tekst"),
    ("<<: 1", "after `<<` there must be", "efter `<<` skal der stå"),
];

#[test]
fn every_slip_is_said_in_both_languages() {
    let mut wrong = Vec::new();
    for (text, en, da) in SLIPS {
        let Some(said) = refused::<Doc>(text) else {
            wrong.push(format!("{text:?} is read"));
            continue;
        };
        if !(said.en.starts_with(en) && said.da.starts_with(da) && is_danish(&said.da)) {
            wrong.push(format!("{text:?}: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_says_nothing_is_said_to_end_too_early() {
    for text in ["", "# only a comment"] {
        let said = refused::<crate::Period>(text).unwrap();
        assert_eq!(said.en, "the file ends too early: write the rest of it", "{text:?}");
        assert_eq!(said.da, "filen holder op for tidligt: skriv den færdig", "{text:?}");
    }
}

#[test]
fn brackets_within_brackets_are_too_many_even_where_the_reader_gives_up_before_it_counts() {
    let said = refused::<serde_json::Value>(&"[\n".repeat(5000)).unwrap();
    assert!(said.en.ends_with("split the file, or write it flatter"), "{said:?}");
    assert!(said.da.ends_with("del filen, eller skriv den fladere"), "{said:?}");
}
