//! A report that the law has filed elsewhere: prepared from what is known, for its reporter to take there.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::json;
use varsel_domain::IncidentId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{Fact, FieldCode, Obligation, Pack, RegimeInfo, StageInfo, StageRef, Unit};
use varsel_storage::{dossier, incident};

use crate::access::AccessLog;
use crate::view::{FactAnswer, IncidentView};
use crate::{Request, Result, Services, projection};

/// A report of one stage, as far as its facts are known.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Number of the incident.
    pub number: String,
    /// Who reports.
    pub organisation: Organisation,
    /// The version of the rules under which the incident was assessed.
    pub pack: Arc<Pack>,
    /// The name of that version.
    pub pack_version: String,
    /// The body of law.
    pub regime: RegimeInfo,
    /// The report.
    pub stage: StageInfo,
    /// Where it is to be filed; none where there is no single place.
    pub place: Option<Unit>,
    /// The duty, with its clock.
    pub obligation: Obligation,
    /// When it was prepared, in the law's time zone.
    pub at: DateTime<FixedOffset>,
    /// The facts of the stage's matrix, in the catalogue's order.
    pub fields: Vec<PreparedField>,
}

/// One fact of a prepared report.
#[derive(Debug, Clone)]
pub struct PreparedField {
    /// What is asked.
    pub fact: Fact,
    /// What the law says of it in this report.
    pub code: FieldCode,
    /// The answer; none where it was not given.
    pub answer: Option<FactAnswer>,
}

/// Prepares the report of a stage that the incident owes elsewhere; none when there is no such incident, duty or
/// stage, when the report is filed here, or when the actor may not know.
///
/// # Errors
/// Nobody is signed in, or storage failed (then nothing is given out, because nothing could be logged).
pub async fn prepared(
    services: &Services,
    request: &Request,
    id: IncidentId,
    stage: &StageRef,
) -> Result<Option<Prepared>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_reading(&Scope::of(actor)).await?;
    let Some(dossier) = dossier::find(&tx, &Scope::of(actor), id).await? else {
        request.deny_if(incident::is_there(&tx, &Scope::of(actor), id).await?, "incident");
        return Ok(None);
    };
    let units: Vec<_> = dossier.cases.iter().map(|case| case.unit.clone()).collect();
    let resource = Resource::Incident { organisation: dossier.incident.organisation, units: &units };
    if request.require(Action::ReadReceipt, resource, "incident").is_err() {
        return Ok(None);
    }
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadReceipt, resource);
    let view = projection::incident(services, &tx, (actor, &request.shown), dossier, now).await?;
    let Some(prepared) = view.and_then(|view| of(view, stage, now)) else { return Ok(None) };
    let answered = prepared.fields.iter().filter(|field| field.answer.is_some());
    let facts: Vec<_> = answered.map(|field| field.fact.id.as_str()).collect();
    let detail = json!({ "regime": stage.regime, "stage": stage.stage, "facts": facts });
    log.add(UseKind::Exported, Some(id), detail);
    log.write_after(tx).await?;
    Ok(Some(prepared))
}

fn of(view: IncidentView, asked: &StageRef, now: DateTime<Utc>) -> Option<Prepared> {
    let pack = view.pack;
    let regime = pack.regime_info(&asked.regime).filter(|regime| regime.filed_elsewhere)?.clone();
    let stage = regime.stages.iter().find(|stage| stage.id == asked.stage)?.clone();
    let mut owed = view.obligations.into_iter().map(|duty| duty.obligation);
    let obligation = owed.find(|duty| duty.regime == asked.regime && duty.stage == asked.stage)?;
    let fields = pack.stage_fields(&asked.regime, &asked.stage)?.into_iter().filter_map(|field| {
        let fact = pack.fact(&field.fact)?.clone();
        let answer = view.facts.iter().find(|answer| answer.fact == field.fact).cloned();
        Some(PreparedField { fact, code: field.code, answer })
    });
    Some(Prepared {
        number: view.number,
        organisation: view.organisation,
        pack_version: view.pack_version,
        fields: fields.collect(),
        place: regime.filed_at.as_deref().and_then(|unit| pack.unit(unit)).cloned(),
        regime,
        stage,
        obligation,
        at: pack.calendar().local(now),
        pack,
    })
}
