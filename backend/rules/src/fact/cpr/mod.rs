//! CPR numbers (Danish personal numbers) in free text: found, so that they can be taken out; never kept or repeated.

mod form;
mod normal;

use form::{Form, Tie};

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// A date and four digits.
    Weak,
    /// With a hyphen, or with the word itself nearby.
    Strong,
}

/// Words that name a CPR number, in lower case.
const NAMES: [&str; 4] = ["cpr", "personnummer", "personnr", "civil registration"];
/// Words that name another kind of number; they count only right before it.
const OTHER_NUMBERS: [&str; 25] = [
    "tlf",
    "telefon",
    "mobil",
    "phone",
    "tel",
    "konto",
    "kontonr",
    "kontonummer",
    "account",
    "iban",
    "p-nr",
    "p-nummer",
    "p-number",
    "sag",
    "sagsnr",
    "sagsnummer",
    "journalnr",
    "case",
    "ticket",
    "ordre",
    "faktura",
    "invoice",
    "version",
    "build",
    "release",
];
/// How far from the number a word is nearby, in characters.
const NEARBY: usize = 40;

/// The surest sign of a CPR number in `text`, if there is any. Goes through the text once.
pub(super) fn find(text: &str) -> Option<Likeness> {
    let characters = normal::normal(text);
    let (mut found, mut start, mut last_end) = (None, 0, 0);
    while let Some((before, rest)) = characters.split_at_checked(start).filter(|(_, rest)| !rest.is_empty()) {
        if let Some(form) = Form::at(rest) {
            let after = rest.get(form.length..).unwrap_or_default();
            let follows_another = last_end + 1 == start;
            if !is_part_of_more(form, before, after, follows_another) {
                found = found.max(judge(form, before, after));
            }
            last_end = start + form.length;
        }
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let others = rest.iter().skip(digits).take_while(|c| !c.is_ascii_digit()).count();
        start += digits + others;
    }
    found
}

/// How sure it is that `form` is a CPR number, by how it is written and the words around it.
fn judge(form: Form, before: &[char], after: &[char]) -> Option<Likeness> {
    let nearby_before = lower(before.get(before.len().saturating_sub(NEARBY)..).unwrap_or_default());
    let nearby_after = lower(after.get(..NEARBY.min(after.len())).unwrap_or_default());
    let word = last_word(&nearby_before);
    // In prose, numbers follow dates: 25.11.2026 - 1200 customers.
    if form.ordinary && form.tie != Tie::Hyphen {
        return names(word).then_some(Likeness::Strong);
    }
    if names(&nearby_before) || names(&nearby_after) {
        return Some(Likeness::Strong);
    }
    match (form.has_hyphen(), form.ordinary) {
        (true, false) => Some(Likeness::Strong),
        _ if OTHER_NUMBERS.contains(&word) => None,
        (true, true) if !form.year_first => Some(Likeness::Strong),
        _ => Some(Likeness::Weak),
    }
}

/// Whether the digits belong to a longer token: a telephone number with country code, an address, a hash, an id.
fn is_part_of_more(form: Form, before: &[char], after: &[char], follows_another: bool) -> bool {
    // A list is pasted with any mark between its numbers; a hyphen in the number tells it from other tokens.
    let joins = |mark: char| match mark {
        mark if form.part == Some(mark) => true,
        '.' | ',' | ':' | '/' => !form.has_hyphen(),
        mark => mark == '-',
    };
    let glued_before = match before {
        [.., 'c' | 'C', 'p' | 'P', 'r' | 'R'] => false,
        [.., c] if c.is_alphanumeric() || matches!(c, '+' | '_' | '#') => true,
        // The fraction of a second, with the offset from UTC after it.
        [.., ':', ten, one, '.'] if ten.is_ascii_digit() && one.is_ascii_digit() => true,
        [.., c, mark] => c.is_ascii_digit() && joins(*mark) && !follows_another,
        _ => false,
    };
    let glued_after = match after {
        [c, ..] if c.is_alphanumeric() || *c == '_' => true,
        [mark, next @ ..] => {
            next.first().is_some_and(char::is_ascii_digit) && joins(*mark) && Form::at(next).is_none()
        }
        [] => false,
    };
    glued_before || glued_after
}

fn names(words: &str) -> bool {
    NAMES.iter().any(|name| words.contains(name))
}

/// The last word before the number: it may say what number it is.
fn last_word(before: &str) -> &str {
    let last = before.trim_end_matches(|c: char| !c.is_alphabetic());
    last.rsplit(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default()
}

fn lower(characters: &[char]) -> String {
    characters.iter().collect::<String>().to_lowercase()
}
