//! What a viewer gets to see: projections of incidents and cases. Nothing leaves the services in another form.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use varsel_domain::case::Case;
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{
    Assessment, FactProblem, FactWarning, GuidanceRef, Pack, Question, Route, Severity, Situation, StageRef,
    Text,
};
use varsel_domain::timeline::TimelineEntry;
use varsel_domain::{CaseId, FilingId, IncidentId, UnitId};

/// An incident, projected for one viewer.
#[derive(Debug, Clone)]
pub struct IncidentView {
    /// The version of the rules under which it was assessed, for names and guidance.
    pub pack: Arc<Pack>,
    /// The name of that version, as the assessment gives it.
    pub pack_version: String,
    /// The version in force is another, and the viewer may re-assess the incident.
    pub reassessable: bool,
    /// The reports, owed only on request, that the viewer may ask for.
    pub requestable: Vec<StageRef>,
    /// Id.
    pub id: IncidentId,
    /// Number for people.
    pub number: String,
    /// Who reported.
    pub organisation: Organisation,
    /// When the first filing was received.
    pub received_at: DateTime<Utc>,
    /// How severe it is.
    pub severity: SeverityView,
    /// The newest facts that the viewer may see, in catalogue order.
    pub facts: Vec<FactAnswer>,
    /// The duties that the viewer may see.
    pub obligations: Vec<Duty>,
    /// The cases that the viewer may see.
    pub cases: Vec<Case>,
    /// Playbooks that were issued.
    pub guidance: Vec<GuidanceRef>,
    /// What is merged into their steps: no more than the viewer may see.
    pub situation: Situation,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// A receipt for each filing, oldest first; only for the reporting organisation, and where they are asked for.
    pub receipts: Vec<Receipt>,
    /// The newest assessment; only for the reporting organisation.
    pub assessment: Option<Assessment>,
}

/// The severity of an incident: what is proposed, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeverityView {
    /// As last assessed, with those reasons that the viewer may see.
    pub proposed: Severity,
    /// How it was confirmed, oldest first: the last one holds.
    pub confirmations: Vec<ConfirmationView>,
    /// Whether the viewer may confirm it.
    pub confirmable: bool,
}

impl SeverityView {
    /// The level that holds: as confirmed, otherwise as proposed.
    pub fn level(&self) -> u8 {
        self.confirmations.last().map_or(self.proposed.level, |last| last.level)
    }

    /// Whether the confirmation that holds was made when another level was proposed.
    pub fn is_outdated(&self) -> bool {
        self.confirmations.last().is_some_and(|last| last.proposed != self.proposed.level)
    }
}

/// One time that the severity was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationView {
    /// The level.
    pub level: u8,
    /// What was proposed then.
    pub proposed: u8,
    /// When.
    pub at: DateTime<Utc>,
    /// The unit that led then; none where the viewer does not see its case.
    pub unit: Option<UnitId>,
    /// Who confirmed; only for those who coordinate, and for the unit itself.
    pub by: Option<String>,
    /// Why, where it was said; only for the same.
    pub justification: Option<String>,
}

/// One fact as it was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct FactAnswer {
    /// Fact id.
    pub fact: String,
    /// The value in its JSON form; none when the reporter said that it is not known yet.
    pub value: Option<serde_json::Value>,
    /// The answer in words.
    pub display: Text,
}

/// Proof that a filing was received.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The filing.
    pub filing: FilingId,
    /// Number of the incident.
    pub number: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Who filed.
    pub filed_by: String,
    /// SHA-256 of the canonical facts, hexadecimal.
    pub facts_sha256: String,
    /// Who got it, and why.
    pub recipients: Vec<Route>,
    /// Duties that the filing met.
    pub met: Vec<Duty>,
    /// What is due next.
    pub next: Option<Duty>,
}

/// A row of a queue.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The version of the rules under which the incident was assessed, for names.
    pub pack: Arc<Pack>,
    /// The case.
    pub case: Case,
    /// The next open duty whose recipient the unit is.
    pub next_due: Option<Duty>,
    /// Number of the incident.
    pub number: String,
    /// Who reported.
    pub organisation: Organisation,
    /// When the first filing was received.
    pub received_at: DateTime<Utc>,
    /// Severity as it holds: confirmed, otherwise proposed.
    pub severity: u8,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, each with its opaque cursor.
    pub rows: Vec<(String, T)>,
    /// Whether there are more after these.
    pub has_next: bool,
    /// Whether there are some before these.
    pub has_previous: bool,
    /// How many the viewer may see in all.
    pub total: u64,
}

/// Which page.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// How many rows, 1 to 100.
    pub first: u32,
    /// After this cursor.
    pub after: Option<String>,
}

/// Which cases.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Only these states; empty: all.
    pub status: Vec<varsel_domain::case::CaseStatus>,
    /// Only with an open duty whose legal end has passed.
    pub late: bool,
    /// Only from this severity, as it holds.
    pub min_severity: Option<u8>,
    /// Number or name of the organisation, in part.
    pub text: Option<String>,
}

/// A change to a case, for a live view.
#[derive(Debug, Clone)]
pub struct CaseChange {
    /// Position in the change feed.
    pub sequence: i64,
    /// Whether the case is new.
    pub opened: bool,
    /// The case.
    pub case: CaseId,
}

/// An assessment of facts that need not be complete.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The version of the rules that was used.
    pub pack: Arc<Pack>,
    /// The assessment of the answers that could be taken.
    pub assessment: Assessment,
    /// What is merged into the steps of its playbooks.
    pub situation: Situation,
    /// Answers that could not be taken.
    pub problems: Vec<FactProblem>,
    /// What a person should look at before sending.
    pub warnings: Vec<FactWarning>,
    /// What still lacks an answer.
    pub missing: Vec<Question>,
}
