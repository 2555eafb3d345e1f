//! The change feed: an ordered, resumable record of what changed; live views read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{CaseId, IncidentId, UnitId};

/// One change, in the order of commits.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Position; grows, never reused.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: ChangeKind,
    /// Incident.
    pub incident: IncidentId,
    /// The case that changed, and whose it is.
    pub case: CaseId,
    /// The unit of the case.
    pub unit: UnitId,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A case was opened.
    CaseOpened,
    /// A case changed: its own state, or the incident's facts.
    CaseUpdated,
}
