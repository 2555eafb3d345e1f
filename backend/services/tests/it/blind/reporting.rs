//! What those who report, and the officers of their units, do.

use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::rules::StageRef;
use varsel_domain::severity::Seen;
use varsel_domain::{IncidentId, UnitId};
use varsel_services::report::{
    ConfirmSeverity, ConfirmSeverityOutcome, ReassessOutcome, RequestReport, SubmitOutcome, SubmitReport,
    confirm_severity, prepared, reassess, reassessment, request_report, submit,
};
use varsel_services::view::CaseFilter;
use varsel_services::{incident, queue};

use super::administering::{self, Act as Asking};
use super::stage::{Act as Any, Person, Stage, one, page, sought};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Open,
    ListOwn,
    Further,
    Prepare,
    Queue,
    OpenCase,
    Watch,
    Confirm,
    AskForReport,
    ReadEffect,
    Reassess,
}

const fn own(act: Act) -> Any {
    Any::Reporting(act)
}

pub(super) const REPORTER: &[(u32, Any)] = &[
    (8, own(Act::Open)),
    (8, own(Act::ListOwn)),
    (2, own(Act::Further)),
    (1, own(Act::Prepare)),
    (1, Any::Administering(Asking::Ask)),
    (1, Any::Administering(Asking::OwnChanges)),
];

pub(super) const OFFICER: &[(u32, Any)] = &[
    (8, own(Act::Open)),
    (8, own(Act::Queue)),
    (4, own(Act::OpenCase)),
    (2, own(Act::Watch)),
    (1, own(Act::Confirm)),
    (1, own(Act::AskForReport)),
    (1, own(Act::ReadEffect)),
    (1, own(Act::Reassess)),
    (1, Any::Administering(Asking::Ask)),
    (1, Any::Administering(Asking::OwnChanges)),
    (1, Any::Administering(Asking::Withdraw)),
];

impl Act {
    pub(super) async fn done(self, stage: &Stage, by: &Person, chance: u32) {
        // Most of them are not for everybody: what was not shown is no use.
        let (id, _) = *one(&stage.incidents, chance);
        match self {
            Self::Open => open(stage, by, id).await,
            Self::ListOwn => list_own(stage, by, chance).await,
            Self::Further => further(stage, by, id).await,
            Self::Prepare => prepare(stage, by).await,
            Self::Queue => list(stage, by, chance).await,
            Self::OpenCase => open_case(stage, by, chance).await,
            Self::Watch => watch(stage, by, chance).await,
            Self::Confirm => confirm(stage, by, (id, chance)).await,
            Self::AskForReport => ask_for_report(stage, by, chance).await,
            Self::ReadEffect => read_effect(stage, by, id).await,
            Self::Reassess => assess_anew(stage, by).await,
        }
    }
}

async fn open(stage: &Stage, by: &Person, id: IncidentId) {
    if let Some(view) = incident::open(&stage.house.services, &by.request, id).await.unwrap() {
        stage.opened(&by.name, &view);
    }
}

async fn list_own(stage: &Stage, by: &Person, chance: u32) {
    let rows =
        incident::list_own(&stage.house.services, &by.request, page(1 + chance % 3)).await.unwrap().rows;
    for (_, row) in rows {
        stage.did(&by.name, "listed", &row.number, &[]);
    }
}

async fn further(stage: &Stage, by: &Person, id: IncidentId) {
    let report = SubmitReport {
        idempotency_key: format!("further-{}", stage.number()),
        facts: json!({ "status_update": "Alle områder er i drift igen." }),
        incident: Some(id),
        warnings_seen: true,
    };
    // Of incidents of others there is nothing to file, and nothing is shown.
    if let Ok(SubmitOutcome::Submitted { incident, .. }) =
        submit(&stage.house.services, &by.request, report).await
    {
        stage.opened(&by.name, &incident);
        stage.did(&by.name, "submitted", &incident.number, &[]);
    }
}

async fn prepare(stage: &Stage, by: &Person) {
    let part = StageRef { regime: "cra_incident".to_owned(), stage: "early_warning".to_owned() };
    let (id, number) = &stage.incidents[0];
    if prepared(&stage.house.services, &by.request, *id, &part).await.unwrap().is_some() {
        stage.did(&by.name, "exported", number, &[]);
    }
}

fn unit(by: &Person) -> &UnitId {
    by.request.actor().unwrap().unit().unwrap()
}

async fn list(stage: &Stage, by: &Person, chance: u32) {
    let (text, told) = sought(chance);
    let filter = CaseFilter { text: Some(text), ..CaseFilter::default() };
    let found = queue::list(&stage.house.services, &by.request, unit(by), filter, page(1 + chance % 3)).await;
    let rows = found.unwrap().rows;
    stage.did(&by.name, "listed", "", &[("words sought", told), ("shown", rows.len().to_string())]);
    for (_, row) in &rows {
        stage.did(&by.name, "listed", &row.number, &[]);
    }
}

async fn open_case(stage: &Stage, by: &Person, chance: u32) {
    let services = &stage.house.services;
    let changes = queue::changes_after(services, &by.request, unit(by), 0).await.unwrap();
    if changes.is_empty() {
        return;
    }
    if let Some(view) = queue::open(services, &by.request, one(&changes, chance).case).await.unwrap() {
        stage.did(&by.name, "opened", &view.number, &[("only", "a case".to_owned())]);
    }
}

async fn watch(stage: &Stage, by: &Person, chance: u32) {
    let services = &stage.house.services;
    let changes = queue::changes_after(services, &by.request, unit(by), 0).await.unwrap();
    if changes.is_empty() {
        return;
    }
    if let Some(view) = queue::push(services, &by.request, one(&changes, chance)).await.unwrap() {
        stage.did(&by.name, "pushed", &view.number, &[]);
    }
}

async fn confirm(stage: &Stage, by: &Person, (id, chance): (IncidentId, u32)) {
    let services = &stage.house.services;
    let Some(before) = incident::open(services, &by.request, id).await.unwrap() else { return };
    stage.opened(&by.name, &before);
    let known = before.severity.confirmations.len();
    let confirmations = u32::try_from(known).unwrap();
    let wanted = ConfirmSeverity {
        incident: id,
        level: u8::try_from(1 + chance % 3).unwrap(),
        justification: format!("Kun to mindre områder er ramt ({}).", stage.number()),
        seen: Seen { confirmations, proposed: before.severity.proposed.level },
    };
    let level = wanted.level.to_string();
    let Ok(outcome) = confirm_severity(services, &by.request, wanted).await else { return };
    let (ConfirmSeverityOutcome::Confirmed(view) | ConfirmSeverityOutcome::Conflict { incident: view, .. }) =
        outcome;
    stage.opened(&by.name, &view);
    if view.severity.confirmations.len() > known {
        stage.did(&by.name, "severity_confirmed", &view.number, &[("level", level)]);
    }
}

async fn ask_for_report(stage: &Stage, by: &Person, chance: u32) {
    let part = StageRef { regime: "nis2_energy_dk".to_owned(), stage: "intermediate_report".to_owned() };
    // Another time each, so that it is never the same that was asked for before.
    let due = stage.house.now() + TimeDelta::hours(24 + i64::from(chance % 48));
    let asked = RequestReport { incident: stage.incidents[1].0, stage: part.clone(), due };
    if let Ok(view) = request_report(&stage.house.services, &by.request, asked).await {
        stage.opened(&by.name, &view);
        let details = [("regime", part.regime), ("stage", part.stage)];
        stage.did(&by.name, "report_requested", &view.number, &details);
    }
}

async fn read_effect(stage: &Stage, by: &Person, id: IncidentId) {
    let read = reassessment(&stage.house.services, &by.request, id).await.unwrap();
    if read.is_some() {
        let (_, number) = stage.incidents.iter().find(|(it, _)| *it == id).unwrap();
        stage.did(&by.name, "opened", number, &[("only", "another version".to_owned())]);
    }
}

/// The first that their unit leads and that is not assessed under the new version yet.
async fn assess_anew(stage: &Stage, by: &Person) {
    for (id, _) in &stage.incidents {
        let outcome = reassess(&stage.house.services, &by.request, *id, administering::NEXT).await;
        if let Ok(ReassessOutcome::Reassessed(view)) = outcome {
            stage.opened(&by.name, &view);
            let details = [("from", "2026.1".to_owned()), ("to", administering::NEXT.to_owned())];
            return stage.did(&by.name, "reassessed", &view.number, &details);
        }
    }
}
