//! A report in words of one language: headings, lines and tables, for whatever prints them.

mod decisions;
mod machine;
mod people;
mod watch;
pub(crate) mod words;

use serde::Serialize;
use varsel_domain::organisation::Language;

use self::words::{moment, say, section};
use super::finding::Section;
use super::model::{Report, Words};

/// A report in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// `da` or `en`.
    pub language: &'static str,
    /// What it is.
    pub title: String,
    /// Which installation, when, which period.
    pub lead: Vec<(String, String)>,
    /// The heading of what needs attention.
    pub attention_heading: String,
    /// What needs attention, or that nothing does.
    pub attention: Vec<String>,
    /// Whether nothing does.
    pub in_order: bool,
    /// The parts.
    pub parts: Vec<Part>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which.
    pub section: Section,
    /// Its heading.
    pub title: String,
    /// The law that it answers to, with what that is called before it.
    pub law: String,
    /// What needs attention in it.
    pub findings: Vec<String>,
    /// Single things: what, and how it is.
    pub lines: Vec<(String, String)>,
    /// Lists.
    pub tables: Vec<Table>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Of what.
    pub caption: String,
    /// What the columns are called.
    pub columns: Vec<String>,
    /// The rows; none where there is nothing.
    pub rows: Vec<Vec<String>>,
    /// What is said where there is nothing.
    pub empty: String,
}

/// The report in `language`.
pub fn document(report: &Report, language: Language) -> Document {
    let speaker = Speaker { language };
    let mut attention: Vec<_> =
        report.findings.iter().map(|told| told.sentence.of(language).to_owned()).collect();
    let in_order = attention.is_empty();
    if in_order {
        attention.push(speaker.say("Intet kræver handling.", "Nothing needs attention."));
    }
    let period = format!("{} – {}", moment(report.period.from), moment(report.period.until));
    Document {
        language: match language {
            Language::Da => "da",
            Language::En => "en",
        },
        title: speaker.say(
            "Rapport til tilsynsmyndigheden om sikkerhedsforanstaltninger",
            "Report for the supervising authority on security measures",
        ),
        lead: vec![
            (speaker.say("Installation", "Installation"), report.origin.clone()),
            (speaker.say("Lavet", "Made"), moment(report.made_at)),
            (speaker.say("Periode", "Period"), period),
            (
                speaker.say("Grundlag", "Basis"),
                speaker.say(
                    "Sikkerhedsbekendtgørelsen (nr. 528 af 15. juni 2000) § 4",
                    "Executive Order no. 528 of 15 June 2000 on security measures, § 4",
                ),
            ),
        ],
        attention_heading: speaker.say("Kræver handling", "Needs attention"),
        attention,
        in_order,
        parts: Section::ALL.into_iter().map(|section| speaker.part(report, section)).collect(),
    }
}

/// Puts things into words of one language.
struct Speaker {
    language: Language,
}

impl Speaker {
    fn say(&self, da: &str, en: &str) -> String {
        self.of(&say(da, en))
    }

    fn of(&self, words: &Words) -> String {
        words.of(self.language).to_owned()
    }

    fn part(&self, report: &Report, which: Section) -> Part {
        let (title, law) = section(which);
        let (lines, tables) = match which {
            Section::Authorisations => self.authorisations(&report.authorisations),
            Section::Reviews => self.reviews(&report.reviews),
            Section::Attempts => self.attempts(&report.attempts),
            Section::Log => self.log(&report.log),
            Section::Retention => self.retention(&report.retention),
            Section::Changes => self.changes(&report.changes),
            Section::Versions => self.versions(&report.versions),
            Section::Links => self.links(&report.links),
        };
        let own = report.findings.iter().filter(|told| told.section == which);
        Part {
            section: which,
            title: self.of(&title),
            law: format!("{}: {}", self.say("Svarer til", "Answers to"), self.of(&law)),
            findings: own.map(|told| self.of(&told.sentence)).collect(),
            lines,
            tables,
        }
    }

    fn table<const N: usize>(
        &self,
        caption: String,
        columns: [(&str, &str); N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Table {
        Table {
            caption,
            columns: columns.map(|(da, en)| self.say(da, en)).into(),
            rows: rows.into_iter().map(Vec::from).collect(),
            empty: self.say("Ingen.", "None."),
        }
    }

    fn yes(&self, yes: bool) -> String {
        if yes { self.say("ja", "yes") } else { self.say("nej", "no") }
    }

    fn never(&self, at: Option<chrono::DateTime<chrono::Utc>>) -> String {
        at.map_or_else(|| self.say("aldrig", "never"), moment)
    }
}

/// Lines and lists.
type Content = (Vec<(String, String)>, Vec<Table>);

/// What is not there, in a cell.
fn or_dash<T>(value: Option<T>, show: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), show)
}
