//! Versions of the rule pack: where each stands, what it would change, and publishing one.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Union};
use varsel_services::change::{self, Outcome};
use varsel_services::domain::pack;
use varsel_services::pack::{Comparison, Difference, VersionView, compare};
use varsel_services::report::{self, ReassessOutcome};
use varsel_services::{Request, Services};

use super::{Change, ChangeRefused, DateTime, Incident, Pack, Text};
use crate::graphql::error::Shown;

/// Where a version of the rule pack stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "pack::PackStatus")]
pub(crate) enum PackStatus {
    /// Law that is only proposed: it can be read and tried, never be published.
    Draft,
    /// Received and checked; nobody has proposed it.
    Received,
    /// Somebody has proposed it; another has to approve it.
    Proposed,
    /// Approved; comes into force at inForceFrom.
    Scheduled,
    /// In force.
    InForce,
    /// It was in force.
    Superseded,
}

/// A version of the rule pack, as the viewer may know it.
#[derive(Clone)]
pub(crate) struct PackVersion(VersionView);

impl From<VersionView> for PackVersion {
    fn from(view: VersionView) -> Self {
        Self(view)
    }
}

/// A version of the rule pack, as the viewer may know it.
#[Object]
impl PackVersion {
    async fn version(&self) -> &str {
        &self.0.version.version
    }

    async fn name(&self) -> Text {
        self.0.pack.name().into()
    }

    async fn status(&self) -> PackStatus {
        self.0.status.into()
    }

    /// SHA-256 over its files, in hexadecimal.
    async fn content_sha256(&self) -> &str {
        &self.0.version.content_sha256
    }

    async fn received_at(&self) -> DateTime {
        self.0.version.received_at.into()
    }

    async fn in_force_from(&self) -> Option<DateTime> {
        self.0.version.in_force_from.map(DateTime::from)
    }

    /// The newest change that publishes it. For administrators.
    async fn change(&self, ctx: &Context<'_>) -> Result<Option<Change>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let Some(id) = self.0.change else { return Ok(None) };
        let view = change::find(services, request, id).await.map_err(|error| error.shown(ctx))?;
        Ok(view.map(Change::new))
    }

    async fn content(&self) -> Pack {
        Arc::clone(&self.0.pack).into()
    }

    /// Against the version in force, over the stored incidents: how many would be assessed otherwise, never which. For
    /// administrators; null for the version in force itself.
    #[graphql(complexity = "200 + child_complexity")]
    async fn comparison(&self, ctx: &Context<'_>) -> Result<Option<PackComparison>> {
        let (services, request) = (ctx.data::<Services>()?, ctx.data::<Request>()?);
        let found = compare(services, request, &self.0.version.version).await;
        Ok(found.map_err(|error| error.shown(ctx))?.map(|found| PackComparison::from(&*found)))
    }
}

/// What a version would change.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PackComparison {
    /// The version in force.
    against: String,
    /// What stands differently in the pack: regimes, stages, units, sectors, guidance.
    items: Vec<PackItemChange>,
    /// How many incidents were assessed under both.
    incidents: i32,
    /// How many of them come out otherwise.
    changed_incidents: i32,
    /// What becomes of them, the most frequent first.
    effects: Vec<PackEffect>,
}

impl From<&Comparison> for PackComparison {
    fn from(found: &Comparison) -> Self {
        Self {
            against: found.against.clone(),
            items: found.items.iter().map(PackItemChange::from).collect(),
            incidents: number(found.incidents),
            changed_incidents: number(found.changed),
            effects: found.effects.iter().map(|(effect, count)| PackEffect::new(effect, *count)).collect(),
        }
    }
}

fn number(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Something that stands differently in the rules.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PackItemChange {
    what: Text,
    before: Option<Text>,
    after: Option<Text>,
}

impl From<&Difference> for PackItemChange {
    fn from(item: &Difference) -> Self {
        let text = |text: &Option<_>| text.as_ref().map(Text::from);
        Self { what: (&item.what).into(), before: text(&item.before), after: text(&item.after) }
    }
}

/// What becomes of so many incidents.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PackEffect {
    what: Text,
    before: Option<Text>,
    after: Option<Text>,
    incidents: i32,
}

impl PackEffect {
    fn new(effect: &Difference, count: u64) -> Self {
        let PackItemChange { what, before, after } = effect.into();
        Self { what, before, after, incidents: number(count) }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposePackVersionInput {
    pub(crate) version: String,
    /// From when it is in force; at least five minutes from now, so that every server knows of it in time.
    pub(crate) in_force_from: DateTime,
    /// Why; 10 to 2000 characters.
    pub(crate) reason: String,
    /// Whether running incidents are re-assessed when it comes into force. Otherwise each keeps its version until
    /// somebody re-assesses it.
    #[graphql(default = false)]
    pub(crate) reassess_running: bool,
}

#[derive(Clone, Union)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for a request, and the large one is the usual one"
)]
pub(crate) enum ProposeChangeResult {
    Proposed(ChangeProposed),
    Refused(ChangeRefused),
}

#[derive(Clone, SimpleObject)]
pub(crate) struct ChangeProposed {
    change: Change,
}

impl From<Outcome> for ProposeChangeResult {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(view) => Self::Proposed(ChangeProposed { change: Change::new(view) }),
            Err(refusal) => Self::Refused(refusal.into()),
        }
    }
}

/// What a re-assessment would change, as far as the viewer sees the incident.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Reassessment {
    /// The version under which the incident is assessed.
    from: String,
    /// The version in force.
    to: String,
    changes: Vec<ReassessmentChange>,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ReassessmentChange {
    what: Text,
    before: Option<Text>,
    after: Option<Text>,
}

impl From<report::Reassessment> for Reassessment {
    fn from(found: report::Reassessment) -> Self {
        let change = |difference: &Difference| {
            let PackItemChange { what, before, after } = difference.into();
            ReassessmentChange { what, before, after }
        };
        Self { from: found.from, to: found.to, changes: found.changes.iter().map(change).collect() }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ReassessIncidentInput {
    pub(crate) incident: ID,
    /// The version whose effect was read.
    pub(crate) pack_version: String,
}

#[derive(Clone, Union)]
pub(crate) enum ReassessIncidentResult {
    Reassessed(Box<IncidentReassessed>),
    Refused(ChangeRefused),
}

#[derive(Clone, SimpleObject)]
pub(crate) struct IncidentReassessed {
    incident: Incident,
}

impl From<ReassessOutcome> for ReassessIncidentResult {
    fn from(outcome: ReassessOutcome) -> Self {
        match outcome {
            ReassessOutcome::Reassessed(view) => {
                Self::Reassessed(Box::new(IncidentReassessed { incident: Incident::new(*view) }))
            }
            ReassessOutcome::Refused(refusal) => Self::Refused(refusal.into()),
        }
    }
}
