//! Reports that are owed only when an authority asks for them.

use async_graphql::{ID, InputObject, SimpleObject, Union};
use varsel_services::domain::rules;

use super::{DateTime, Incident, Text};

/// A report that the viewer's unit may ask for.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RequestableReport {
    regime: String,
    regime_name: Text,
    stage: String,
    stage_name: Text,
}

impl RequestableReport {
    pub(crate) fn list(pack: &rules::Pack, stages: &[rules::StageRef]) -> Vec<Self> {
        let one = |found: &rules::StageRef| Self {
            regime: found.regime.clone(),
            regime_name: Text::or_id(pack.regime_name(&found.regime), &found.regime),
            stage: found.stage.clone(),
            stage_name: Text::or_id(pack.stage_name(&found.regime, &found.stage), &found.stage),
        };
        stages.iter().map(one).collect()
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct RequestReportInput {
    pub(crate) incident: ID,
    /// Regime and stage as Incident.requestable has them.
    pub(crate) regime: String,
    pub(crate) stage: String,
    /// By when: ahead, by no more than 366 days.
    pub(crate) due: DateTime,
}

#[derive(Clone, Union)]
pub(crate) enum RequestReportResult {
    Requested(Box<ReportRequested>),
    Refused(ReportRequestRefused),
}

/// The report is asked for: the obligation is there, and whoever filed is told.
#[derive(Clone, SimpleObject)]
pub(crate) struct ReportRequested {
    pub(crate) incident: Incident,
}

/// Nothing was asked for.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ReportRequestRefused {
    /// The argument: stage or due.
    pub(crate) field: String,
    pub(crate) message: Text,
}
