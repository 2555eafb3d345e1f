//! Filing a report: what goes in and what can come of it.

use std::sync::Arc;

use async_graphql::{ID, InputObject, SimpleObject, Union};
use varsel_services::domain::rules;
use varsel_services::report::SubmitOutcome;

use super::{FactProblem, FactWarning, Incident, Json, Question, Receipt};

#[derive(Debug, InputObject)]
pub(crate) struct SubmitReportInput {
    /// Chosen by the client, 8 to 100 characters. The same again under the same key returns the first result; something else under
    /// it is not filed.
    pub(crate) idempotency_key: String,
    pub(crate) facts: Json,
    /// The incident that is reported on further; absent for a new one.
    pub(crate) incident_id: Option<ID>,
    /// The person has seen the warnings and wants to send all the same.
    #[graphql(default = false)]
    pub(crate) warnings_seen: bool,
}

#[derive(Clone, Union)]
pub(crate) enum SubmitReportResult {
    Submitted(Box<ReportSubmitted>),
    KeyUsed(Box<ReportKeyUsed>),
    Incomplete(ReportIncomplete),
    Refused(ReportRefused),
    NeedsConfirmation(ReportNeedsConfirmation),
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ReportSubmitted {
    incident: Incident,
    receipt: Receipt,
    /// True when this key had been submitted before.
    repeated: bool,
}

/// Something else was filed under this key before. What was sent now is not filed: send it as a further report on that incident, under
/// a key of its own.
#[derive(Clone, SimpleObject)]
pub(crate) struct ReportKeyUsed {
    incident: Incident,
    receipt: Receipt,
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ReportIncomplete {
    missing: Vec<Question>,
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ReportRefused {
    problems: Vec<FactProblem>,
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ReportNeedsConfirmation {
    warnings: Vec<FactWarning>,
}

impl SubmitReportResult {
    pub(crate) fn new(pack: &Arc<rules::Pack>, outcome: SubmitOutcome) -> Self {
        match outcome {
            SubmitOutcome::Submitted { incident, receipt, repeated } => {
                Self::Submitted(Box::new(ReportSubmitted {
                    receipt: Receipt::new(&incident.pack, &receipt),
                    incident: Incident::new(*incident),
                    repeated,
                }))
            }
            SubmitOutcome::KeyUsed { incident, receipt } => Self::KeyUsed(Box::new(ReportKeyUsed {
                receipt: Receipt::new(&incident.pack, &receipt),
                incident: Incident::new(*incident),
            })),
            SubmitOutcome::Incomplete(missing) => {
                Self::Incomplete(ReportIncomplete { missing: Question::list(pack, &missing) })
            }
            SubmitOutcome::Refused(problems) => {
                Self::Refused(ReportRefused { problems: problems.iter().map(FactProblem::from).collect() })
            }
            SubmitOutcome::NeedsConfirmation(warnings) => Self::NeedsConfirmation(ReportNeedsConfirmation {
                warnings: warnings.iter().map(FactWarning::from).collect(),
            }),
        }
    }
}
