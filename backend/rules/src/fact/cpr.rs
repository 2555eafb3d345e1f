//! CPR numbers (Danish personal numbers) in free text: found, so that they can be taken out; never kept or repeated.

use chrono::NaiveDate;

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Ten digits that begin with a date.
    Weak,
    /// With a hyphen, or with the word itself nearby.
    Strong,
}

/// Words that name a CPR number, in lower case.
const NAMES: [&str; 4] = ["cpr", "personnummer", "personnr", "civil registration"];
/// Words that name another kind of number; they count only right before it.
const OTHER_NUMBERS: [&str; 22] = [
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
];
/// How far from the number a word is nearby, in characters.
const NEARBY: usize = 40;

/// The surest sign of a CPR number in `text`, if there is any. Goes through the text once.
pub(super) fn find(text: &str) -> Option<Likeness> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = None;
    let mut rest = characters.as_slice();
    while let Some(start) = rest.iter().position(char::is_ascii_digit) {
        let before = characters.len() - rest.len() + start;
        let digits = rest.get(start..).unwrap_or_default();
        found = found.max(candidate(digits, characters.get(..before).unwrap_or_default()));
        let run = digits.iter().take_while(|c| c.is_ascii_digit()).count();
        rest = digits.get(run..).unwrap_or_default();
    }
    found
}

/// Judges the run of digits that `digits` begins with, and what stands `before` it.
fn candidate(digits: &[char], before: &[char]) -> Option<Likeness> {
    let (date, separator, after) = split(digits)?;
    if !is_date(&date) || is_part_of_more(before, after) {
        return None;
    }
    let hyphen = separator.iter().any(|c| is_hyphen(*c));
    let names = |words: &str| NAMES.iter().any(|name| words.contains(name));
    let nearby_before = lower(before.get(before.len().saturating_sub(NEARBY)..).unwrap_or_default());
    let nearby_after = lower(after.get(..NEARBY.min(after.len())).unwrap_or_default());
    if hyphen || names(&nearby_before) || names(&nearby_after) {
        return Some(Likeness::Strong);
    }
    (!names_another(&nearby_before)).then_some(Likeness::Weak)
}

/// The six digits of the date, what separates them from the last four, and what follows; none for any other run.
fn split(digits: &[char]) -> Option<([u32; 6], &[char], &[char])> {
    let run = digits.iter().take_while(|c| c.is_ascii_digit()).count();
    let separator = match run {
        10 => 0,
        6 => separator_length(digits.get(6..)?)?,
        _ => return None,
    };
    let last = digits.get(6 + separator..)?;
    let four = last.iter().take_while(|c| c.is_ascii_digit()).count() == 4;
    let mut date = [0; 6];
    for (digit, c) in date.iter_mut().zip(digits) {
        *digit = c.to_digit(10)?;
    }
    four.then_some((date, digits.get(6..6 + separator)?, last.get(4..)?))
}

/// One hyphen, one space, or a hyphen between spaces.
fn separator_length(rest: &[char]) -> Option<usize> {
    let space = |place: usize| rest.get(place).is_some_and(|c| *c == ' ' || *c == '\u{A0}');
    let hyphen = |place: usize| rest.get(place).is_some_and(|c| is_hyphen(*c));
    match (space(0), hyphen(0), hyphen(1), space(2)) {
        (true, _, true, true) => Some(3),
        (true, _, _, _) | (_, true, _, _) => Some(1),
        _ => None,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// Whether the digits are a date in some century, DDMMYY. Temporary numbers have 60 added to the day.
fn is_date([d1, d2, m1, m2, y1, y2]: &[u32; 6]) -> bool {
    let day = d1 * 10 + d2;
    let day = if day > 60 { day - 60 } else { day };
    // Of the years that two digits can mean, 2000 to 2099 have every 29 February that the others have.
    let year = i32::try_from(2000 + y1 * 10 + y2);
    year.is_ok_and(|year| NaiveDate::from_ymd_opt(year, m1 * 10 + m2, day).is_some())
}

/// Whether the digits belong to a longer token: a telephone number with country code, an address, a hash, an id.
fn is_part_of_more(before: &[char], after: &[char]) -> bool {
    let joins = |c: &char| matches!(c, '.' | ',' | ':' | '/' | '_') || is_hyphen(*c);
    let glued_before = match before {
        [.., 'c' | 'C', 'p' | 'P', 'r' | 'R'] => false,
        [.., c] if c.is_alphanumeric() || matches!(c, '+' | '_' | '#') => true,
        [.., c, mark] => c.is_ascii_digit() && joins(mark),
        _ => false,
    };
    let glued_after = match after {
        [c, ..] if c.is_alphanumeric() || *c == '_' => true,
        [mark, c, ..] => joins(mark) && c.is_ascii_digit(),
        _ => false,
    };
    glued_before || glued_after
}

/// Whether the last word before the number says that it is another kind of number.
fn names_another(before: &str) -> bool {
    let last = before.trim_end_matches(|c: char| !c.is_alphabetic());
    let word = last.rsplit(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
    OTHER_NUMBERS.contains(&word)
}

fn lower(characters: &[char]) -> String {
    characters.iter().collect::<String>().to_lowercase()
}
