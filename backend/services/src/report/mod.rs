//! Reporting: assess while a person types, and submit.

mod consequence;
mod duty;
mod filed;
pub(crate) mod receipt;
mod route;
mod submit;
mod taken;
mod told;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use varsel_domain::IncidentId;
use varsel_domain::rules::{self, FactProblem, FactWarning, Facts, Pack, Question};

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
    let now = services.clock.now();
    let pack = &services.packs.in_force(now);
    preview_under(pack, facts, now)
}

fn preview_under(pack: &Arc<Pack>, facts: &serde_json::Value, now: DateTime<Utc>) -> Preview {
    let (facts, mut problems) = Facts::parse_lenient(pack, facts);
    problems.extend(facts.problems_at(pack, now));
    Preview {
        pack: Arc::clone(pack),
        assessment: rules::assess(pack, &facts, &[], now),
        problems,
        warnings: facts.warnings(pack),
        missing: rules::missing(pack, &facts, &[], now),
    }
}
