//! The severity of an incident: proposed by the rules, confirmed by the unit that leads.

use async_graphql::{ID, InputObject, SimpleObject, Union};
use varsel_services::domain::rules;
use varsel_services::view::{ConfirmationView, SeverityView};

use super::{DateTime, Incident, Severity, Text, Unit};

/// How severe an incident is.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct IncidentSeverity {
    /// The level that holds: as confirmed, otherwise as proposed. 0 (no impact) to 5 (national emergency).
    level: i32,
    name: Text,
    /// What the rules propose, with those reasons that the viewer may see.
    proposed: Severity,
    /// The confirmation that holds; null where nobody has confirmed the proposal.
    confirmation: Option<SeverityConfirmation>,
    /// Every confirmation, oldest first; their number is what confirmSeverity asks for.
    confirmations: Vec<SeverityConfirmation>,
    /// The viewer may confirm (officers of the unit that leads).
    confirmable: bool,
    /// The levels there are, from the lowest.
    scale: Vec<SeverityLevel>,
}

/// One time that the proposed severity was confirmed, or another set.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SeverityConfirmation {
    level: i32,
    name: Text,
    /// The level that was proposed then.
    proposed_level: i32,
    proposed_name: Text,
    /// Another level is proposed now: somebody should look again.
    outdated: bool,
    at: DateTime,
    /// The unit that led then; null where the viewer may not know.
    unit: Option<Unit>,
    /// Who confirmed; null outside the units that coordinate.
    by: Option<String>,
    /// Why; null where nothing was said, and outside the units that coordinate.
    justification: Option<String>,
}

/// A level of the scale.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SeverityLevel {
    level: i32,
    name: Text,
    /// What puts an incident there.
    meaning: Text,
}

impl IncidentSeverity {
    pub(crate) fn new(pack: &rules::Pack, view: &SeverityView) -> Self {
        let confirmation = |made: &ConfirmationView| SeverityConfirmation::new(pack, made, view);
        let confirmations: Vec<_> = view.confirmations.iter().map(confirmation).collect();
        Self {
            level: view.level().into(),
            name: name(pack, view.level()),
            proposed: Severity::new(pack, &view.proposed),
            confirmation: confirmations.last().cloned(),
            confirmations,
            confirmable: view.confirmable,
            scale: pack.severity_scale().map(SeverityLevel::from).collect(),
        }
    }
}

impl SeverityConfirmation {
    fn new(pack: &rules::Pack, made: &ConfirmationView, view: &SeverityView) -> Self {
        Self {
            level: made.level.into(),
            name: name(pack, made.level),
            proposed_level: made.proposed.into(),
            proposed_name: name(pack, made.proposed),
            outdated: made.proposed != view.proposed.level,
            at: made.at.into(),
            unit: made.unit.as_ref().map(|unit| Unit::find(pack, unit.as_str())),
            by: made.by.clone(),
            justification: made.justification.clone(),
        }
    }
}

impl From<&rules::SeverityLevel> for SeverityLevel {
    fn from(known: &rules::SeverityLevel) -> Self {
        Self { level: known.level.into(), name: (&known.name).into(), meaning: (&known.meaning).into() }
    }
}

fn name(pack: &rules::Pack, level: u8) -> Text {
    Text::or_id(pack.severity_name(level), &level.to_string())
}

#[derive(Debug, InputObject)]
pub(crate) struct ConfirmSeverityInput {
    pub(crate) incident: ID,
    /// The proposed level, or another of the scale.
    pub(crate) level: i32,
    /// Why: 10 to 2000 characters where the level is another than proposed; otherwise it may be left out.
    pub(crate) justification: Option<String>,
    /// How many confirmations there were when the officer decided.
    pub(crate) expected_confirmations: i32,
    /// The level that was proposed when the officer decided.
    pub(crate) expected_proposal: i32,
}

#[derive(Clone, Union)]
pub(crate) enum ConfirmSeverityResult {
    Confirmed(Box<SeverityConfirmed>),
    Conflict(Box<SeverityConflict>),
    Refused(SeverityRefused),
}

/// The level holds. The same once more by the same person changes nothing.
#[derive(Clone, SimpleObject)]
pub(crate) struct SeverityConfirmed {
    pub(crate) incident: Incident,
}

/// The officer decided on another state than there is; nothing was changed.
#[derive(Clone, SimpleObject)]
pub(crate) struct SeverityConflict {
    /// As it stands now.
    pub(crate) incident: Incident,
    /// What changed meanwhile, and who changed it.
    pub(crate) message: Text,
}

/// What was sent cannot be taken; nothing was changed.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SeverityRefused {
    /// The argument: level or justification.
    pub(crate) field: String,
    pub(crate) message: Text,
}
