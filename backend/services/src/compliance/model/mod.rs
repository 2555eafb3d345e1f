//! What a report says. As JSON it is a contract: fields may be added, none renamed.

mod access;
mod decided;
mod kept;

pub use access::*;
use chrono::{DateTime, Utc};
pub use decided::*;
pub use kept::*;
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::organisation::Language;
use varsel_domain::retention;
use varsel_domain::rules::Text;

use super::finding::{Finding, Section};
use super::installation::Link;

/// The form of the file, and the version of that form.
pub const FORMAT: &str = "varsel-compliance-report/1";

/// Words in Danish and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Words {
    /// In one of them.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.da,
            Language::En => &self.en,
        }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self { da: text.da, en: text.en }
    }
}

impl From<retention::Words> for Words {
    fn from(words: retention::Words) -> Self {
        Self { da: words.da.to_owned(), en: words.en.to_owned() }
    }
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Period {
    /// From when, in UTC.
    pub from: DateTime<Utc>,
    /// Until when, exclusive.
    pub until: DateTime<Utc>,
}

impl Period {
    /// Whether an instant lies in it.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        (self.from..self.until).contains(&at)
    }
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "Compliance report of Varsel")]
pub struct Report {
    /// The form of this file and its version: "varsel-compliance-report/1".
    pub format: &'static str,
    /// When it was made, in UTC. What stands is as of then; what happened, of the period.
    pub made_at: DateTime<Utc>,
    /// The period that it is about.
    pub period: Period,
    /// Which installation: the origin of its log of use.
    pub origin: String,
    /// What needs attention; empty where everything is in order.
    pub findings: Vec<Told>,
    /// Who may do what.
    pub authorisations: Authorisations,
    /// The half-yearly reviews of that.
    pub reviews: Reviews,
    /// What was rejected.
    pub attempts: Attempts,
    /// The log of use.
    pub log: UseLog,
    /// What is erased when.
    pub retention: Retention,
    /// What two decided.
    pub changes: Changes,
    /// What runs here.
    pub versions: Versions,
    /// What it talks to.
    pub links: Vec<Link>,
}

/// Something that needs attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// Where in the report it stands.
    pub section: Section,
    /// What it is.
    pub finding: Finding,
    /// The same in a sentence.
    pub sentence: Words,
}
