//! What of an incident was shown, as far as it is personal or confidential: the log of use says it of every use.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A part of an incident. The words stand in the log of use: more may come, none is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What the reporter answered; the entry names the answers.
    Facts,
    /// Its number.
    Number,
    /// The organisation that reported.
    Organisation,
    /// When it was received.
    ReceivedAt,
    /// Its severity, and who confirmed it why.
    Severity,
    /// What must be reported to whom, and what has been.
    Obligations,
    /// The units that have it.
    Cases,
    /// What was advised.
    Guidance,
    /// What happened with it.
    Timeline,
    /// The receipts, or the newest.
    Receipt,
    /// How it was assessed.
    Assessment,
    /// The reports that an authority may ask for.
    Requestable,
}

impl Part {
    /// Every part there is.
    pub const ALL: [Self; 12] = [
        Self::Facts,
        Self::Number,
        Self::Organisation,
        Self::ReceivedAt,
        Self::Severity,
        Self::Obligations,
        Self::Cases,
        Self::Guidance,
        Self::Timeline,
        Self::Receipt,
        Self::Assessment,
        Self::Requestable,
    ];
}

/// Some parts of an incident.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(BTreeSet<Part>);

impl Parts {
    /// The whole incident.
    pub fn all() -> Self {
        Self(Part::ALL.into())
    }

    /// Whether this part is among them.
    pub fn has(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: impl IntoIterator<Item = Part>) -> Self {
        self.0.extend(others);
        self
    }

    /// Each.
    pub fn iter(&self) -> impl Iterator<Item = Part> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Part> for Parts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}
