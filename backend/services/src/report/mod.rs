//! Reporting: assess while a person types, and submit.

mod duty;
mod filed;
pub(crate) mod receipt;
mod route;
mod submit;
mod taken;
mod told;

use varsel_domain::IncidentId;
use varsel_domain::rules::{self, FactProblem, FactValue, FactWarning, Facts, Question, Situation};

use crate::Services;
use crate::view::{IncidentView, Preview, Receipt};

pub use submit::submit;

/// What a reporter sends.
#[derive(Debug, Clone)]
pub struct SubmitReport {
    /// Chosen by the client, 8 to 100 characters; the same key again returns the first result, whatever it says then.
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
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for a request, and the large one is the usual one"
)]
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
    let (pack, now) = (&services.pack, services.clock.now());
    let (facts, mut problems) = Facts::parse_lenient(pack, facts);
    problems.extend(facts.problems_at(pack, now));
    let assessment = rules::assess(pack, &facts, &[], now);
    let sectors = match facts.get(pack.sector_fact()) {
        Some(FactValue::Set(sectors)) => sectors.clone(),
        _ => Vec::new(),
    };
    Preview {
        situation: Situation::of(&assessment, sectors),
        assessment,
        problems,
        warnings: facts.warnings(pack),
        missing: rules::missing(pack, &facts, &[], now),
    }
}
