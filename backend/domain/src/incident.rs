//! The one event, its facts and the filings on it.

use chrono::{DateTime, Utc};

use crate::{FilingId, IncidentId, OrganisationId, PersonId, ReportRequestId, RevisionId, UnitId};

/// The one event; it owns the shared facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Id.
    pub id: IncidentId,
    /// Number for people, e.g. `V-2026-00042`.
    pub number: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// When the first filing was received.
    pub received_at: DateTime<Utc>,
    /// Severity, 0 to 5, as last assessed: a proposal.
    pub severity: u8,
    /// Severity, 0 to 5, as an authority last confirmed it; none where none has.
    pub confirmed_severity: Option<u8>,
    /// Version of the rule pack under which it was last assessed: it keeps it until it is re-assessed.
    pub pack_version: String,
}

impl Incident {
    /// The severity that holds: as confirmed, otherwise as proposed.
    pub fn effective_severity(&self) -> u8 {
        self.confirmed_severity.unwrap_or(self.severity)
    }
}

/// One immutable revision of the facts, as assessed.
#[derive(Debug, Clone, PartialEq)]
pub struct FactsRevision {
    /// Id.
    pub id: RevisionId,
    /// Incident.
    pub incident: IncidentId,
    /// From 1.
    pub revision: u32,
    /// The facts in their canonical flat JSON form.
    pub facts: serde_json::Value,
    /// The assessment of these facts, with the pack version it used, to be replayed years later.
    pub assessment: varsel_rules::Assessment,
    /// When it was received.
    pub at: DateTime<Utc>,
}

/// One submission by the reporter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// Id.
    pub id: FilingId,
    /// Incident.
    pub incident: IncidentId,
    /// The facts that were filed.
    pub revision: RevisionId,
    /// Who filed.
    pub by: PersonId,
    /// Name of who filed, as it was then.
    pub by_name: String,
    /// When the report was available to the recipients (BEK 620/2025 par. 15): the time of the commit's `now`.
    pub received_at: DateTime<Utc>,
    /// The client's key: the same again under the same key returns this filing.
    pub idempotency_key: String,
    /// A keyed digest of what was sent under that key, from which nobody without the key can guess it; none of what was filed before
    /// this was kept.
    pub sent_tag: Option<String>,
    /// SHA-256 of the canonical facts, hexadecimal.
    pub facts_sha256: String,
    /// The stages it discharged.
    pub discharged: Vec<varsel_rules::Filing>,
}

/// An authority asked for a report that is owed only on request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRequest {
    /// Id.
    pub id: ReportRequestId,
    /// Incident.
    pub incident: IncidentId,
    /// The unit that asked.
    pub unit: UnitId,
    /// Which report, when, and by when.
    pub asked: varsel_rules::Request,
    /// Who asked.
    pub by: PersonId,
    /// Name of who asked, as it was then.
    pub by_name: String,
}

/// The number for people: year of receipt and a running number.
pub fn incident_number(received_at: DateTime<Utc>, running: i64) -> String {
    use chrono::Datelike;
    format!("V-{}-{running:05}", received_at.year())
}

/// The number that somebody means who typed it in small letters, without the V or without the zeros; none where it is no number.
pub fn read_incident_number(typed: &str) -> Option<String> {
    let upper = typed.trim().to_uppercase();
    let rest = upper.strip_prefix('V').unwrap_or(&upper).trim_start_matches(['-', ' ']);
    let (year, running) = rest.split_once(['-', ' '])?;
    let (year, running): (u16, u32) = (year.parse().ok()?, running.trim().parse().ok()?);
    Some(format!("V-{year}-{running:05}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = incident_number("2026-11-25T12:00:00Z".parse().unwrap(), 42);
        assert_eq!(number, "V-2026-00042");
        for typed in ["V-2026-00042", " v-2026-42 ", "2026-42", "V 2026 00042", "v2026-042"] {
            assert_eq!(read_incident_number(typed).as_ref(), Some(&number), "{typed}");
        }
        for typed in ["", "V", "42", "V-2026-", "V-2026-x", "nordvind"] {
            assert_eq!(read_incident_number(typed), None, "{typed}");
        }
    }
}
