//! What happened on an incident, in order, in words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use varsel_rules::Text;

use crate::{EntryId, IncidentId, UnitId};

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Id.
    pub id: EntryId,
    /// Incident.
    pub incident: IncidentId,
    /// When.
    pub at: DateTime<Utc>,
    /// What kind of thing happened.
    pub kind: TimelineKind,
    /// In words.
    pub text: Text,
    /// Who or what did it.
    pub by: String,
    /// The units it is about: other units than these, the lead and the cyber centre do not see it. Empty: all do.
    pub units: Vec<UnitId>,
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// A filing was received.
    ReportReceived,
    /// An authority asked for a report.
    ReportRequested,
    /// A unit got its case.
    CaseOpened,
    /// A duty was opened.
    ObligationOpened,
    /// A duty was met.
    ObligationMet,
    /// A duty fell away, because newer facts do not give rise to it.
    ObligationLifted,
    /// A playbook was issued.
    GuidanceIssued,
    /// The incident was assessed anew under another version of the rules.
    Reassessed,
    /// A duty kept, with another time.
    ObligationMoved,
    /// The proposed severity changed.
    SeverityChanged,
    /// An authority confirmed the severity, or set another than proposed.
    SeverityConfirmed,
}
