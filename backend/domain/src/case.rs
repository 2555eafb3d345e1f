//! One unit's work on one incident.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_rules::Part;

use crate::{CaseId, IncidentId, UnitId};

/// One unit's work on one incident: one incident, many cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// Incident.
    pub incident: IncidentId,
    /// The unit whose case it is.
    pub unit: UnitId,
    /// Its part in the incident.
    pub part: Part,
    /// Where it stands.
    pub status: CaseStatus,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with every change, for optimistic concurrency.
    pub version: i32,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// Nobody has taken it yet.
    New,
    /// Somebody works on it.
    InProgress,
    /// Done.
    Closed,
}
