//! Incidents, their facts, timeline and receipt.
#![expect(clippy::doc_markdown, reason = "the descriptions of the schema are plain text")]

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};
use varsel_services::domain::{rules, timeline};
use varsel_services::view::{self, IncidentView};

use super::text::code;
use super::{
    Assessment, Case, DateTime, Fact, Guidance, IncidentSeverity, Json, Obligation, Organisation,
    RequestableReport, Route, Text,
};

/// An incident as the viewer may see it: the services have already projected it.
#[derive(Clone)]
pub(crate) struct Incident {
    pack: Arc<rules::Pack>,
    view: Arc<IncidentView>,
}

impl Incident {
    pub(crate) fn new(view: impl Into<Arc<IncidentView>>) -> Self {
        let view = view.into();
        Self { pack: Arc::clone(&view.pack), view }
    }
}

#[Object]
impl Incident {
    async fn id(&self) -> ID {
        self.view.id.to_string().into()
    }

    /// Version of the rule pack under which it was last assessed.
    async fn pack_version(&self) -> &str {
        &self.view.pack_version
    }

    /// The version in force is another, and the viewer may re-assess (officers of the lead).
    async fn reassessable(&self) -> bool {
        self.view.reassessable
    }

    /// Reports, owed only on request, that the viewer's unit may ask for.
    async fn requestable(&self) -> Vec<RequestableReport> {
        RequestableReport::list(&self.pack, &self.view.requestable)
    }

    /// Number for people, e.g. V-2026-00042.
    async fn number(&self) -> &str {
        &self.view.number
    }

    async fn organisation(&self) -> Organisation {
        (&self.view.organisation).into()
    }

    async fn received_at(&self) -> DateTime {
        self.view.received_at.into()
    }

    async fn severity(&self) -> IncidentSeverity {
        IncidentSeverity::new(&self.pack, &self.view.severity)
    }

    /// The newest facts that the viewer may see.
    #[graphql(complexity = "40 * (child_complexity + 1)")]
    async fn facts(&self) -> Vec<FactAnswer> {
        self.view.facts.iter().map(|answer| FactAnswer::new(&self.pack, answer)).collect()
    }

    #[graphql(complexity = "20 * (child_complexity + 1)")]
    async fn obligations(&self) -> Vec<Obligation> {
        self.view.obligations.iter().map(|duty| Obligation::of(&self.pack, duty)).collect()
    }

    #[graphql(complexity = "8 * (child_complexity + 1)")]
    async fn cases(&self) -> Vec<Case> {
        self.view.cases.iter().map(|case| Case::of_incident(&self.pack, &self.view, case)).collect()
    }

    #[graphql(complexity = "2 * (child_complexity + 1)")]
    async fn guidance(&self) -> Vec<Guidance> {
        Guidance::list(&self.pack, &self.view.guidance, &self.view.situation)
    }

    #[graphql(complexity = "40 * (child_complexity + 1)")]
    async fn timeline(&self) -> Vec<TimelineEntry> {
        self.view.timeline.iter().map(TimelineEntry::from).collect()
    }

    /// The newest receipt; null for viewers outside the reporting organisation.
    async fn receipt(&self) -> Option<Receipt> {
        self.view.receipts.last().map(|receipt| Receipt::new(&self.pack, receipt))
    }

    /// A receipt for each filing, oldest first; empty for viewers outside the reporting organisation.
    async fn receipts(&self) -> Vec<Receipt> {
        self.view.receipts.iter().map(|receipt| Receipt::new(&self.pack, receipt)).collect()
    }

    /// How the newest facts were assessed; null for viewers outside the reporting organisation.
    async fn assessment(&self) -> Option<Assessment> {
        let assessment = self.view.assessment.as_ref()?;
        Some(Assessment::filed(&self.pack, assessment, &self.view.situation))
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FactAnswer {
    fact: Fact,
    /// Null when the reporter said that it is not known yet.
    value: Option<Json>,
    unknown: bool,
    /// The answer in words.
    display: Text,
}

impl FactAnswer {
    fn new(pack: &rules::Pack, answer: &view::FactAnswer) -> Self {
        Self {
            fact: Fact::find(pack, &answer.fact),
            value: answer.value.clone().map(Json),
            unknown: answer.value.is_none(),
            display: (&answer.display).into(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct TimelineEntry {
    id: ID,
    at: DateTime,
    /// Stable, e.g. REPORT_RECEIVED, CASE_OPENED, OBLIGATION_OPENED, GUIDANCE_ISSUED.
    kind: String,
    text: Text,
    /// Person, unit or system that did it, as the viewer may know it; empty where they may not.
    by: String,
}

impl From<&timeline::TimelineEntry> for TimelineEntry {
    fn from(entry: &timeline::TimelineEntry) -> Self {
        Self {
            id: entry.id.to_string().into(),
            at: entry.at.into(),
            kind: code(&entry.kind),
            text: (&entry.text).into(),
            by: entry.by.clone(),
        }
    }
}

/// Proof that a filing was received.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Receipt {
    /// The filing's.
    id: ID,
    number: String,
    received_at: DateTime,
    filed_by: String,
    /// SHA-256 over the canonical JSON of the facts, in hexadecimal.
    facts_sha256: String,
    /// Who got it, and why.
    recipients: Vec<Route>,
    /// The duties that this filing met.
    met: Vec<Obligation>,
    /// What is due next; null when nothing is.
    next: Option<Obligation>,
}

impl Receipt {
    pub(crate) fn new(pack: &rules::Pack, receipt: &view::Receipt) -> Self {
        Self {
            id: receipt.filing.to_string().into(),
            number: receipt.number.clone(),
            received_at: receipt.received_at.into(),
            filed_by: receipt.filed_by.clone(),
            facts_sha256: receipt.facts_sha256.clone(),
            recipients: Route::list(pack, &receipt.recipients),
            met: receipt.met.iter().map(|duty| Obligation::of(pack, duty)).collect(),
            next: receipt.next.as_ref().map(|duty| Obligation::of(pack, duty)),
        }
    }
}
