//! What is wrong with the log, in words. Places are counted from 0, as in a file of evidence.

use varsel_domain::rules::Text;
use varsel_log::places::Places;

/// So many ranges of places are named; of more, how many there are.
const NAMED: usize = 20;

/// Something that does not happen to a log by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// These places are empty, and no erasure on record emptied them.
    Missing(Places),
    /// An erasure on record emptied these, though what stands just before them is younger than what it may take.
    TooEarly(Places),
    /// An erasure on record emptied these, and there are entries again.
    PutBack(Places),
    /// This erasure on record is not signed with the log's key.
    Unsigned {
        /// Its number.
        number: u64,
    },
    /// The beginning of the record of erasures is not there.
    NoRecord,
    /// The entries at these places are not those that were logged.
    Changed(Places),
    /// The tree, or the newest checkpoint, is not what was signed.
    Tree(String),
}

impl Fault {
    /// How many places it is about; one where it is about none.
    pub fn count(&self) -> u64 {
        self.places().map_or(1, Places::count)
    }

    /// What is wrong, as reports have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::TooEarly(_) => "too_early",
            Self::PutBack(_) => "put_back",
            Self::Unsigned { .. } => "unsigned",
            Self::NoRecord => "no_record",
            Self::Changed(_) => "changed",
            Self::Tree(_) => "tree",
        }
    }

    /// The places that it is about; none where it is about something else.
    pub fn places(&self) -> Option<&Places> {
        match self {
            Self::Missing(places)
            | Self::TooEarly(places)
            | Self::PutBack(places)
            | Self::Changed(places) => Some(places),
            Self::Unsigned { .. } | Self::NoRecord | Self::Tree(_) => None,
        }
    }

    /// What is wrong, in a sentence.
    pub fn sentence(&self) -> Text {
        match self {
            Self::Missing(places) => said(
                places,
                "mangler i databasen, og ingen sletning i protokollen forklarer det: nogen har slettet i databasen",
                "missing from the database, and no erasure on record explains that: somebody deleted in the database",
            ),
            Self::TooEarly(places) => said(
                places,
                "blev slettet før tiden: det, der blev logget lige før, er yngre end sletningens frist",
                "gone too early: what was logged just before is younger than the deadline of the erasure on record",
            ),
            Self::PutBack(places) => said(
                places,
                "findes, selv om protokollen siger, at der er slettet: nogen har lagt noget tilbage eller flyttet det",
                "there, though erased on record: somebody put something back, or moved it",
            ),
            Self::Changed(places) => {
                said(places, "er ikke, hvad der blev logget", "not what was logged: somebody changed it")
            }
            Self::Unsigned { number } => text(
                format!("Sletning {number} i protokollen er ikke underskrevet med loggens nøgle."),
                format!("Erasure {number} on record is not signed with the log's key."),
            ),
            Self::NoRecord => text(
                "Protokollen over sletninger er væk, eller dens begyndelse er det: nogen har slettet i databasen.".to_owned(),
                "The record of erasures is gone, or its beginning is: somebody deleted in the database.".to_owned(),
            ),
            Self::Tree(problem) => text(
                format!("Loggen over anvendelser er ikke den, der blev underskrevet ({problem})."),
                format!("The log of use is not the one that was signed ({problem})."),
            ),
        }
    }
}

fn text(da: String, en: String) -> Text {
    Text { da, en }
}

/// Which places, and what is wrong with them.
fn said(places: &Places, da: &str, en: &str) -> Text {
    let (count, list) = (places.count(), listed(places));
    if count == 1 {
        return text(format!("Indførsel {} {da}.", list.da), format!("Entry {} is {en}.", list.en));
    }
    text(
        format!("{count} indførsler ({}) {da}.", list.da),
        format!("{count} entries ({}) are {en}.", list.en),
    )
}

/// The first of the ranges, and how many more there are.
fn listed(places: &Places) -> Text {
    let ranges = places.ranges();
    let first = Places::of(ranges.iter().take(NAMED).copied()).to_string().replace(',', ", ");
    match ranges.len().saturating_sub(NAMED) {
        0 => text(first.clone(), first),
        more => text(format!("{first} og {more} steder mere"), format!("{first} and {more} places more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_said_plainly_with_its_places() {
        let one = Fault::Missing(Places::each([17])).sentence();
        assert!(one.en.starts_with("Entry 17 is missing from the database"), "{one:?}");
        assert!(one.da.starts_with("Indførsel 17 mangler i databasen"), "{one:?}");
        let more = Fault::Missing(Places::each([1, 2, 9])).sentence();
        assert!(more.en.starts_with("3 entries (1-2, 9) are missing"), "{more:?}");
        let many = Fault::Changed(Places::each((0..50).map(|at| at * 2))).sentence();
        assert!(many.en.contains("36, 38 and 30 places more"), "{many:?}");
        assert!(many.da.contains("36, 38 og 30 steder mere"), "{many:?}");
    }
}
