//! Assessing a running incident anew, under the version of the rules in force: what it would change for somebody, and
//! doing it. The facts stay as they were filed.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::IncidentId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::Refusal;
use varsel_domain::rules::{
    Assessment, Facts, History, Pack, PackRef, Reason, Route, Text, diff_assessments,
};
use varsel_storage::dossier::{self, Dossier};
use varsel_storage::{Tx, incident, timeline};

use crate::access::{AccessLog, write_of_system};
use crate::pack::Difference;
use crate::pack::words::{Times, Wording};
use crate::report::consequence::{Consequences, Scene};
use crate::report::told::Telling;
use crate::view::IncidentView;
use crate::{Error, Request, Result, Services, projection};

/// What a re-assessment would change, as far as the viewer sees the incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassessment {
    /// The version under which the incident was assessed.
    pub from: String,
    /// The version in force.
    pub to: String,
    /// What would be otherwise.
    pub changes: Vec<Difference>,
}

/// What came of a re-assessment.
#[derive(Debug)]
pub enum ReassessOutcome {
    /// The incident as it stands now.
    Reassessed(Box<IncidentView>),
    /// Why not.
    Refused(Refusal),
}

/// What re-assessing an incident under the version in force would change for the viewer; none when the incident does
/// not exist, may not be known, or is assessed under that version already.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn reassessment(
    services: &Services,
    request: &Request,
    id: IncidentId,
) -> Result<Option<Reassessment>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_snapshot(&Scope::of(actor)).await?;
    let Some(before) = dossier::find(&tx, &Scope::of(actor), id).await? else {
        request.deny_if(incident::is_there(&tx, &Scope::of(actor), id).await?, "incident");
        return Ok(None);
    };
    let (from, new) = (before.revision.assessment.pack.version.clone(), services.packs.in_force(now));
    let old = services.packs.of(&tx, &from, now).await?;
    if from == new.version() {
        return Ok(None);
    }
    let scene = Scene { services, pack: &new, now, incident: id, known: Some(&before) };
    let after = applied(&before, consequences(&scene, &before));
    let units: Vec<_> = before.cases.iter().map(|case| case.unit.clone()).collect();
    let organisation = before.incident.organisation;
    let Some((before, after)) = projection::both(actor, (&old, before), (&new, after), now) else {
        return Ok(None);
    };
    let wording = Wording { old: &old, new: &new, times: Times::Exact };
    let change = diff_assessments(&before.number, &seen(&before), &seen(&after));
    let changes = change.map(|change| wording.of_case(&change)).unwrap_or_default();
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadIncident, Resource::Incident { organisation, units: &units });
    log.add(UseKind::Opened, Some(id), json!({ "reassessment": { "from": from, "to": new.version() } }));
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(Some(Reassessment { from, to: new.version().to_owned(), changes }))
}

/// Assesses an incident anew under `version`, whose effect an officer of the lead has read.
///
/// # Errors
/// No such incident, or the actor may not know of it; the actor's unit does not lead; storage failed.
pub async fn reassess(
    services: &Services,
    request: &Request,
    id: IncidentId,
    version: &str,
) -> Result<ReassessOutcome> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let (scope, missing) = (Scope::of(actor), || Error::NotFound { kind: "incident" });
    let tx = services.store.begin(&scope).await?;
    if incident::lock(&tx, &scope, id).await?.is_none() {
        return Err(request.deny_if(incident::is_there(&tx, &scope, id).await?, "incident"));
    }
    let dossier = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    if !projection::may_read(actor, &dossier) {
        return Err(request.deny("incident"));
    }
    if !projection::may_reassess(actor, &dossier) {
        return Err(request.forbid("assess the incident anew"));
    }
    let (from, pack) = (dossier.revision.assessment.pack.version.clone(), services.packs.in_force(now));
    if pack.version() != version {
        return Ok(ReassessOutcome::Refused(Refusal::NotNewest));
    }
    if from == version {
        return Ok(ReassessOutcome::Refused(Refusal::AlreadyInForce));
    }
    let lead = projection::lead(&dossier).cloned();
    let unit = lead.as_ref().and_then(|unit| pack.unit(unit.as_str())).map(|unit| unit.name.da.as_str());
    write(services, &tx, &dossier, (&pack, unit), now).await?;
    let after = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    let view = projection::incident(services, &tx, (actor, &request.shown), after, now)
        .await?
        .ok_or_else(missing)?;
    let mut log = AccessLog::new(services, request, now)?;
    if let Some(lead) = &lead {
        log.under(Action::Reassess, Resource::LedBy(lead));
    }
    log.add(UseKind::Reassessed, Some(id), json!({ "from": from, "to": version }));
    log.add_shown(UseKind::Opened, &view);
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(ReassessOutcome::Reassessed(Box::new(view)))
}

/// Assesses one running incident anew because a version has come into force; false where it is assessed under it
/// already. A transaction of its own, so that one that cannot be assessed keeps no other from it.
///
/// # Errors
/// Storage failed; then nothing of this incident was changed.
pub(crate) async fn reassess_by_itself(
    services: &Services,
    id: IncidentId,
    pack: &Pack,
    request_id: &str,
) -> Result<bool> {
    let (scope, now) = (Scope::system(), services.clock.now());
    let tx = services.store.begin(&scope).await?;
    if incident::lock(&tx, &scope, id).await?.is_none_or(|it| it.pack_version == pack.version()) {
        return Ok(false);
    }
    let missing = || Error::NotFound { kind: "incident" };
    let dossier = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    let from = dossier.revision.assessment.pack.version.clone();
    write(services, &tx, &dossier, (pack, None), now).await?;
    let (use_kind, detail) = (UseKind::Reassessed, json!({ "from": from, "to": pack.version() }));
    let written = (now, request_id.to_owned());
    write_of_system(services, &tx, written, (use_kind, Some(id)), detail).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(true)
}

async fn write(
    services: &Services,
    tx: &Tx,
    known: &Dossier,
    (pack, by): (&Pack, Option<&str>),
    now: DateTime<Utc>,
) -> Result<()> {
    let id = known.incident.id;
    let scene = Scene { services, pack, now, incident: id, known: Some(known) };
    let consequences = consequences(&scene, known);
    let (before, after) = (&known.revision.assessment, &consequences.assessment);
    incident::set_assessed(tx, id, after.severity.level, pack.version()).await?;
    scene.write_revision(tx, known.revision.facts.clone(), after).await?;
    let mut telling = Telling { pack, ids: &*services.ids, incident: id, now, entries: Vec::new() };
    telling.reassessed(&before.pack.version, pack.version(), by);
    telling.consequences(Some(known), &consequences);
    telling.moved(&known.duties, &consequences.duties);
    timeline::append(tx, &telling.entries).await?;
    scene.write(tx, &consequences).await
}

/// The facts and filings as they stand, under the scene's version.
fn consequences(scene: &Scene<'_>, known: &Dossier) -> Consequences {
    let (facts, _) = Facts::parse_lenient(scene.pack, &known.revision.facts);
    let (stages, asked) = (known.stages(), known.asked());
    scene.consequences(&facts, History { filings: &stages, requests: &asked })
}

/// The dossier as it would be.
fn applied(before: &Dossier, consequences: Consequences) -> Dossier {
    let Consequences { assessment, duties, cases, guidance } = consequences;
    let mut after = before.clone();
    after.guidance.retain(|known| guidance.iter().all(|new| new.playbook != known.playbook));
    after.guidance.extend(guidance);
    after.revision.assessment = assessment;
    after.duties = duties;
    after.cases = cases.into_iter().map(|(_, case)| case).collect();
    after
}

/// What a viewer sees, in the form in which two assessments are compared.
fn seen(view: &IncidentView) -> Assessment {
    let nothing = || Reason { text: Text::default(), cite: String::new(), facts: Vec::new() };
    let route = |case: &varsel_domain::case::Case| Route {
        unit: case.unit.0.clone(),
        role: String::new(),
        part: case.part,
        because: nothing(),
    };
    Assessment {
        pack: PackRef { id: String::new(), version: view.pack_version.clone(), draft: false },
        regimes: Vec::new(),
        obligations: view.obligations.iter().map(|duty| duty.obligation.clone()).collect(),
        routes: view.cases.iter().map(route).collect(),
        severity: view.severity.proposed.clone(),
        questions: Vec::new(),
        guidance: view.guidance.clone(),
    }
}
