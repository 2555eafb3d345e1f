//! Reporting: assess while a person types, and submit.

use varsel_domain::IncidentId;
use varsel_domain::rules::{FactProblem, FactWarning, Question};

use crate::view::{IncidentView, Preview, Receipt};
use crate::{Request, Result, Services};

/// What a reporter sends.
#[derive(Debug, Clone)]
pub struct SubmitReport {
    /// Chosen by the client, 8 to 100 characters; the same key again returns the first result.
    pub idempotency_key: String,
    /// Facts in their flat JSON form.
    pub facts: serde_json::Value,
    /// The incident that is reported on further.
    pub incident: Option<IncidentId>,
    /// The person has seen the warnings and wants to send all the same.
    pub warnings_seen: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum SubmitOutcome {
    /// It is on disk, whole.
    Submitted {
        /// The incident.
        incident: Box<IncidentView>,
        /// The receipt of this filing.
        receipt: Receipt,
        /// This key had been submitted before.
        repeated: bool,
    },
    /// Something still lacks an answer.
    Incomplete(Vec<Question>),
    /// Answers that cannot be taken.
    Refused(Vec<FactProblem>),
    /// A person must look at these first.
    NeedsConfirmation(Vec<FactWarning>),
}

/// Assesses facts that need not be complete; stores nothing, needs no sign-in.
pub fn preview(services: &Services, facts: &serde_json::Value) -> Preview {
    let _ = (services, facts);
    unimplemented!()
}

/// Files a report in one transaction, or nothing.
///
/// # Errors
/// No right to report, no such incident, or storage failed (then nothing was written).
pub async fn submit(services: &Services, request: &Request, report: SubmitReport) -> Result<SubmitOutcome> {
    let _ = (services, request, report);
    unimplemented!()
}
