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
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    #[default]
    First,
    Second,
}

fn refused(text: &str) -> Option<Said> {
    let mut refusals = Refusals::default();
    parse::<Doc>(text, "file", 0, &mut refusals).is_none().then(|| {
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
    ("id: *x", "`*` refers to a value that is not there", "`*` henviser til en værdi"),
    ("id: !!binary x", "a pack uses no tags", "en pakke bruger ingen mærker"),
    ("id: !x!y z", "a pack uses no tags", "en pakke bruger ingen mærker"),
    ("%YAML\n---\nid: x", "a pack uses no tags (`!`) or directives", "en pakke bruger ingen mærker"),
    ("id: x\n---\nid: y", "a file of a pack is one YAML document", "en fil i en pakke er ét YAML-dokument"),
    ("id: ~", "expected a text here", "her skal stå en tekst"),
    ("<<: 1", "after `<<` there must be", "efter `<<` skal der stå"),
];

#[test]
fn every_slip_is_said_in_both_languages() {
    let mut wrong = Vec::new();
    for (text, en, da) in SLIPS {
        let Some(said) = refused(text) else {
            wrong.push(format!("{text:?} is read"));
            continue;
        };
        if !(said.en.starts_with(en) && said.da.starts_with(da) && is_danish(&said.da)) {
            wrong.push(format!("{text:?}: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
