//! Reporting: assess while a person types, and submit.

mod confirm_severity;
mod consequence;
mod duty;
mod filed;
mod prepared;
mod reassess;
pub(crate) mod receipt;
mod replay;
mod request;
mod route;
mod submit;
mod taken;
mod told;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use varsel_domain::IncidentId;
use varsel_domain::rules::{
    self, FactProblem, FactValue, FactWarning, Facts, Pack, Question, Situation, Text,
};

use crate::view::{IncidentView, Preview, Receipt};
use crate::{Error, Request, Result, Services};

pub use confirm_severity::{ConfirmSeverity, ConfirmSeverityOutcome, confirm_severity};
pub use prepared::{Prepared, PreparedField, prepared};
pub(crate) use reassess::reassess_by_itself;
pub use reassess::{ReassessOutcome, Reassessment, reassess, reassessment};
pub use replay::{Replay, Replayed, replay, replay_at_command_line};
pub use request::{RequestReport, request_report};
pub use submit::submit;

/// What a reporter sends.
#[derive(Debug, Clone)]
pub struct SubmitReport {
    /// Chosen by the client, 8 to 100 characters; the same again under the same key returns the first result.
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
    /// Something else was filed under this key: that filing. What was sent now is not filed.
    KeyUsed {
        /// The incident.
        incident: Box<IncidentView>,
        /// The receipt of what was filed.
        receipt: Receipt,
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

/// As [`preview`], under a version that the viewer may know of.
///
/// # Errors
/// No such version, or the viewer may not know that there is; storage failed.
pub async fn preview_of_version(
    services: &Services,
    request: &Request,
    facts: &serde_json::Value,
    version: &str,
) -> Result<Preview> {
    let da = "Der er ingen sådan version. Vælg en af dem, der er på listen.".to_owned();
    let en = "There is no such version. Choose one from the list.".to_owned();
    let unknown = Error::Invalid { field: "packVersion", message: Text { da, en } };
    let view = crate::pack::find(services, request, version).await?.ok_or(unknown)?;
    Ok(preview_under(&view.pack, facts, services.clock.now()))
}

fn preview_under(pack: &Arc<Pack>, facts: &serde_json::Value, now: DateTime<Utc>) -> Preview {
    let (facts, mut problems) = Facts::parse_lenient(pack, facts);
    problems.extend(facts.problems_at(pack, now));
    let assessment = rules::assess(pack, &facts, &[], now);
    let sectors = match facts.get(pack.sector_fact()) {
        Some(FactValue::Set(sectors)) => sectors.clone(),
        _ => Vec::new(),
    };
    Preview {
        pack: Arc::clone(pack),
        situation: Situation::of(&assessment, sectors),
        assessment,
        problems,
        warnings: facts.warnings(pack),
        missing: rules::missing(pack, &facts, &[], now),
    }
}
