//! What needs attention, and in which part of the report it stands.

mod access;
mod decision;
mod log;
mod machine;

pub use access::OfAccess;
pub use decision::OfDecision;
pub use log::OfLog;
pub use machine::OfMachine;
use schemars::JsonSchema;
use serde::Serialize;

use super::model::{Told, Words};

/// A part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Who may do what.
    Authorisations,
    /// The half-yearly reviews.
    Reviews,
    /// What was rejected.
    Attempts,
    /// The log of use.
    Log,
    /// What is erased when.
    Retention,
    /// What two decided.
    Changes,
    /// What runs here.
    Versions,
    /// What it talks to.
    Links,
}

impl Section {
    /// Every part, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::Authorisations,
        Self::Reviews,
        Self::Attempts,
        Self::Log,
        Self::Retention,
        Self::Changes,
        Self::Versions,
        Self::Links,
    ];
}

/// Something that needs attention. Its `code` says what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Finding {
    /// About authorisations, reviews or rejected attempts.
    Access(OfAccess),
    /// About the log of use.
    Log(OfLog),
    /// About erasure and what two decide.
    Decision(OfDecision),
    /// About what runs here.
    Machine(OfMachine),
}

impl Finding {
    /// In which part it stands.
    pub fn section(&self) -> Section {
        match self {
            Self::Access(finding) => finding.section(),
            Self::Log(_) => Section::Log,
            Self::Decision(finding) => finding.section(),
            Self::Machine(finding) => finding.section(),
        }
    }

    /// In a sentence.
    pub fn sentence(&self) -> Words {
        match self {
            Self::Access(finding) => finding.sentence(),
            Self::Log(finding) => finding.sentence(),
            Self::Decision(finding) => finding.sentence(),
            Self::Machine(finding) => finding.sentence(),
        }
    }
}

impl From<Finding> for Told {
    fn from(finding: Finding) -> Self {
        Self { section: finding.section(), sentence: finding.sentence(), finding }
    }
}

impl From<OfAccess> for Told {
    fn from(finding: OfAccess) -> Self {
        Finding::Access(finding).into()
    }
}

impl From<OfLog> for Told {
    fn from(finding: OfLog) -> Self {
        Finding::Log(finding).into()
    }
}

impl From<OfDecision> for Told {
    fn from(finding: OfDecision) -> Self {
        Finding::Decision(finding).into()
    }
}

impl From<OfMachine> for Told {
    fn from(finding: OfMachine) -> Self {
        Finding::Machine(finding).into()
    }
}
