//! An authority asks for a report that the law owes only on request, by a time that it sets.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_domain::incident::ReportRequest;
use varsel_domain::rules::{self, Facts, History, StageRef, Text};
use varsel_domain::{IncidentId, ReportRequestId};
use varsel_storage::dossier::{self, Dossier};
use varsel_storage::{Tx, incident, report_request, timeline};

use crate::access::AccessLog;
use crate::job::{self, ReportRequested};
use crate::report::consequence::Scene;
use crate::report::told::Telling;
use crate::view::IncidentView;
use crate::{Error, Request, Result, Services, projection};

/// The longest time that a unit may give, in days: beyond, it is a slip of the pen.
const LONGEST: i64 = 366;

/// What a unit asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestReport {
    /// On which incident.
    pub incident: IncidentId,
    /// Which report.
    pub stage: StageRef,
    /// By when; counted in whole seconds.
    pub due: DateTime<Utc>,
}

/// Asks for a report. The obligation appears with the time given and is met by the next filing that is complete for it;
/// whoever filed is told by mail. The same again changes nothing.
///
/// # Errors
/// No such incident, or the actor may not know of it; the actor is no officer of a unit; a report that the actor's unit may not ask for (`stage`) or a
/// time that cannot be (`due`); storage failed.
pub async fn request_report(
    services: &Services,
    request: &Request,
    asked: RequestReport,
) -> Result<IncidentView> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let (scope, id, missing) = (Scope::of(actor), asked.incident, || Error::NotFound { kind: "incident" });
    let tx = services.store.begin(&scope).await?;
    if incident::lock(&tx, &scope, id).await?.is_none() {
        return Err(request.deny_if(incident::is_there(&tx, &scope, id).await?, "incident"));
    }
    let known = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    let unit = actor.unit().filter(|_| projection::may_request(actor, &known));
    let unit = unit.cloned().ok_or_else(|| request.forbid("ask for a report"))?;
    let pack = services.packs.of(&tx, &known.revision.assessment.pack.version, now).await?;
    if !projection::requestable(&pack, actor, &known, now).contains(&asked.stage) {
        return Err(not_requestable());
    }
    let due = in_time(asked.due, now)?;
    let StageRef { regime, stage } = asked.stage;
    let new = ReportRequest {
        id: ReportRequestId(services.ids.next(now)),
        incident: id,
        unit,
        asked: rules::Request { regime, stage, at: now, due: Some(due) },
        by: actor.person,
        by_name: actor.name.clone(),
    };
    let mut log = AccessLog::new(services, request, now)?;
    if !is_asked_already(&known, &new) {
        write(services, &tx, &known, (&pack, &new), now).await?;
        let detail = json!({ "regime": new.asked.regime, "stage": new.asked.stage, "due": due });
        log.add(UseKind::ReportRequested, Some(id), detail);
    }
    let after = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    let view = projection::incident(services, &tx, (actor, &request.shown), after, now)
        .await?
        .ok_or_else(missing)?;
    log.add_shown(UseKind::Opened, &view);
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(view)
}

fn not_requestable() -> Error {
    let da =
        "Jeres enhed kan ikke bede om den indberetning på denne hændelse. Vælg en af dem, der er på listen.";
    let en = "Your unit cannot ask for that report on this incident. Choose one from the list.";
    Error::Invalid { field: "stage", message: Text { da: da.to_owned(), en: en.to_owned() } }
}

fn in_time(due: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let due = due.trunc_subsecs(0);
    if due > now && due <= now + TimeDelta::days(LONGEST) {
        return Ok(due);
    }
    let da = format!("Fristen skal ligge i fremtiden og højst {LONGEST} dage frem. Vælg et andet tidspunkt.");
    let en = format!("The time must lie ahead, by no more than {LONGEST} days. Choose another one.");
    Err(Error::Invalid { field: "due", message: Text { da, en } })
}

/// Whether the same unit's latest request for the report, not met yet, has the same time.
fn is_asked_already(known: &Dossier, new: &ReportRequest) -> bool {
    let same = |it: &&ReportRequest| it.asked.regime == new.asked.regime && it.asked.stage == new.asked.stage;
    let latest = known.requests.iter().rfind(same);
    let open = known.duties.iter().any(|duty| {
        duty.is_open()
            && duty.obligation.regime == new.asked.regime
            && duty.obligation.stage == new.asked.stage
    });
    open && latest.is_some_and(|it| it.unit == new.unit && it.asked.due == new.asked.due)
}

/// The request, what follows from it as a new assessment of the same facts, and a mail to each person who filed.
async fn write(
    services: &Services,
    tx: &Tx,
    known: &Dossier,
    (pack, new): (&rules::Pack, &ReportRequest),
    now: DateTime<Utc>,
) -> Result<()> {
    let id = known.incident.id;
    report_request::insert(tx, new).await?;
    let scene = Scene { services, pack, now, incident: id, known: Some(known) };
    let (facts, _) = Facts::parse_lenient(pack, &known.revision.facts);
    let (stages, mut asked) = (known.stages(), known.asked());
    asked.push(new.asked.clone());
    let consequences = scene.consequences(&facts, History { filings: &stages, requests: &asked });
    incident::set_assessed(tx, id, consequences.assessment.severity.level, pack.version()).await?;
    scene.write_revision(tx, known.revision.facts.clone(), &consequences.assessment).await?;
    let mut telling = Telling { pack, ids: &*services.ids, incident: id, now, entries: Vec::new() };
    telling.requested(new);
    telling.consequences(Some(known), &consequences);
    telling.moved(&known.duties, &consequences.duties);
    timeline::append(tx, &telling.entries).await?;
    scene.write(tx, &consequences).await?;
    let mut people: Vec<_> = known.filings.iter().map(|filing| filing.by).collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        let told = ReportRequested { incident: id, request: new.id, due: new.asked.due, person };
        job::enqueue(tx, &*services.ids, now, &told).await?;
    }
    Ok(())
}
