//! Cases: one unit's work on one incident.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use varsel_services::Error;
use varsel_services::domain::obligation::Duty;
use varsel_services::domain::{case, rules};
use varsel_services::view::{self, CaseView, IncidentView};

use super::{DateTime, Incident, Obligation, Part, Unit};
use crate::graphql::error::Shown;
use crate::graphql::loader::Incidents;
use crate::graphql::shown::parts;

/// One unit's work on one incident.
#[derive(Clone)]
pub(crate) struct Case {
    pack: Arc<rules::Pack>,
    stored: case::Case,
    next_due: Option<Duty>,
    incident: Option<Arc<IncidentView>>,
}

impl Case {
    /// A row of a queue; its incident is loaded together with those of the other rows, if it is asked for.
    pub(crate) fn of_queue(row: CaseView) -> Self {
        Self { pack: row.pack, stored: row.case, next_due: row.next_due, incident: None }
    }

    /// A case that was opened, with its incident where that is shown.
    pub(crate) fn opened(row: CaseView, incident: Option<IncidentView>) -> Self {
        Self { incident: incident.map(Arc::new), ..Self::of_queue(row) }
    }

    /// A case seen from its incident, whose obligations stand in the order in which they fall due.
    pub(crate) fn of_incident(
        pack: &Arc<rules::Pack>,
        incident: &Arc<IncidentView>,
        case: &case::Case,
    ) -> Self {
        let to_be_filed = |duty: &&Duty| duty.is_open() && duty.is_for(&case.unit);
        Self {
            pack: Arc::clone(pack),
            stored: case.clone(),
            next_due: incident.obligations.iter().find(to_be_filed).cloned(),
            incident: Some(Arc::clone(incident)),
        }
    }
}

/// One unit's work on one incident.
#[Object]
impl Case {
    async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    async fn unit(&self) -> Unit {
        Unit::find(&self.pack, self.stored.unit.as_str())
    }

    async fn part(&self) -> Part {
        self.stored.part.into()
    }

    async fn status(&self) -> CaseStatus {
        self.stored.status.into()
    }

    async fn opened_at(&self) -> DateTime {
        self.stored.opened_at.into()
    }

    async fn updated_at(&self) -> DateTime {
        self.stored.updated_at.into()
    }

    async fn version(&self) -> i32 {
        self.stored.version
    }

    /// The next open duty that this unit is to receive.
    async fn next_due(&self) -> Option<Obligation> {
        self.next_due.as_ref().map(|duty| Obligation::of(&self.pack, duty))
    }

    async fn incident(&self, ctx: &Context<'_>) -> Result<Incident> {
        if let Some(view) = &self.incident {
            return Ok(Incident::new(Arc::clone(view)));
        }
        let loader = ctx.data::<DataLoader<Incidents>>()?;
        let wanted = (self.stored.incident, parts(&ctx.look_ahead()));
        let view = loader.load_one(wanted).await.map_err(|error| error.shown(ctx))?;
        let view = view.ok_or_else(|| Error::NotFound { kind: "incident" }.shown(ctx))?;
        Ok(Incident::new(view))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "case::CaseStatus")]
pub(crate) enum CaseStatus {
    New,
    InProgress,
    Closed,
}

#[derive(Debug, Default, InputObject)]
pub(crate) struct CaseFilter {
    status: Option<Vec<CaseStatus>>,
    /// Only cases with an open duty whose legal end has passed.
    late: Option<bool>,
    min_severity: Option<i32>,
    /// Number of the incident or name of the organisation, in part.
    text: Option<String>,
}

impl From<CaseFilter> for view::CaseFilter {
    fn from(filter: CaseFilter) -> Self {
        Self {
            status: filter.status.unwrap_or_default().into_iter().map(Into::into).collect(),
            late: filter.late.unwrap_or_default(),
            min_severity: filter.min_severity.map(|level| u8::try_from(level.max(0)).unwrap_or(u8::MAX)),
            text: filter.text.filter(|text| !text.trim().is_empty()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum CaseChangeKind {
    Opened,
    Updated,
}

#[derive(Clone, SimpleObject)]
pub(crate) struct CaseChange {
    /// Position in the change feed; grows.
    sequence: String,
    kind: CaseChangeKind,
    case: Case,
}

impl CaseChange {
    pub(crate) fn new(change: &view::CaseChange, case: Case) -> Self {
        let kind = if change.opened { CaseChangeKind::Opened } else { CaseChangeKind::Updated };
        Self { sequence: change.sequence.to_string(), kind, case }
    }
}
