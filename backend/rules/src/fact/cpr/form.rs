//! The forms in which a CPR number is written: a date and four digits.

use chrono::NaiveDate;

/// The years of birth that CPR numbers have.
const YEARS: std::ops::RangeInclusive<u32> = 1858..=2057;

/// What stands between the date and the last four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// Nothing, a blank, a full stop or a slash.
    Loose,
    /// A hyphen with a blank before or after it, as prose has dashes.
    Dash,
    /// A hyphen.
    Hyphen,
}

/// A date and four digits, with nothing said yet about what stands around them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// What parts the date: the full stop of 01.01.70.
    pub(super) part: Option<char>,
    /// Whether other dates are written like this one, too: 01.01.70, 01 01 1970, 19700101.
    pub(super) ordinary: bool,
    /// Whether the year comes first, as in the names of files and in time stamps.
    pub(super) year_first: bool,
    pub(super) tie: Tie,
    /// Characters from the first digit to the last.
    pub(super) length: usize,
}

impl Form {
    /// The form that `text` begins with. Looks at no more than the first few characters.
    pub(super) fn at(text: &[char]) -> Option<Self> {
        let run = run(text);
        let (length, part, ordinary, year_first) = match run {
            6 | 10 => bare(text).then_some((6, None, false, false))?,
            8 => (8, None, true, long(text)?),
            2 => parted(text)?,
            _ => return None,
        };
        let (tie, between) = if run == 10 { (Tie::Loose, 0) } else { tie(text.get(length..)?)? };
        let last = length + between;
        let complete = run == 10 || self::run(text.get(last..)?) == 4;
        complete.then_some(Self { part, ordinary, year_first, tie, length: last + 4 })
    }

    /// Whether a hyphen stands before the last four digits.
    pub(super) fn has_hyphen(&self) -> bool {
        self.tie != Tie::Loose
    }
}

/// How many digits `text` begins with; for more than ten, eleven.
fn run(text: &[char]) -> usize {
    text.iter().take(11).take_while(|c| c.is_ascii_digit()).count()
}

/// The number that the digits from `start` to before `end` write.
fn number(text: &[char], start: usize, end: usize) -> Option<u32> {
    text.get(start..end)?.iter().try_fold(0, |number, c| Some(number * 10 + c.to_digit(10)?))
}

/// DDMMYY.
fn bare(text: &[char]) -> bool {
    is_date(number(text, 0, 2), number(text, 2, 4), number(text, 4, 6), 2)
}

/// DDMMYYYY or YYYYMMDD: whether the year comes first.
fn long(text: &[char]) -> Option<bool> {
    if is_date(number(text, 0, 2), number(text, 2, 4), number(text, 4, 8), 4) {
        return Some(false);
    }
    is_date(number(text, 6, 8), number(text, 4, 6), number(text, 0, 4), 4).then_some(true)
}

/// DD.MM.YY or DD.MM.YYYY, with any part: its length, its part, whether it is ordinary, and that the year is last.
fn parted(text: &[char]) -> Option<(usize, Option<char>, bool, bool)> {
    let part = text.get(2).copied().filter(|c| matches!(c, '.' | '/' | ' ' | '-'))?;
    let same = text.get(5) == Some(&part);
    let year = run(text.get(6..)?);
    let dated = same && is_date(number(text, 0, 2), number(text, 3, 5), number(text, 6, 6 + year), year);
    dated.then_some((6 + year, Some(part), part != ' ' || year == 4, false))
}

/// What stands between date and last four digits, and its length.
fn tie(rest: &[char]) -> Option<(Tie, usize)> {
    match rest {
        [' ', '-', ' ', ..] => Some((Tie::Dash, 3)),
        [' ', '-', ..] | ['-', ' ', ..] => Some((Tie::Dash, 2)),
        ['-', ..] => Some((Tie::Hyphen, 1)),
        [' ' | '.' | '/', ..] => Some((Tie::Loose, 1)),
        _ => None,
    }
}

/// Whether this is a date, in some century if the year has two digits. Temporary numbers have 60 added to the day.
fn is_date(day: Option<u32>, month: Option<u32>, year: Option<u32>, digits: usize) -> bool {
    let (Some(day), Some(month), Some(year)) = (day, month, year) else { return false };
    let day = if day > 60 { day - 60 } else { day };
    let year = match digits {
        // Of the years that two digits can mean, 2000 to 2099 have every 29 February that the others have.
        2 => 2000 + year,
        4 if YEARS.contains(&year) => year,
        _ => return false,
    };
    i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
}
