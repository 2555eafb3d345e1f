//! Sample incidents, filed through the same door as any other, so that queues are not empty at the first visit.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use serde_json::{Value, json};
use varsel_domain::authz::Scope;
use varsel_storage::filing;

use super::find;
use crate::attempt::Trail;
use crate::report::{SubmitOutcome, SubmitReport, submit};
use crate::{Error, Request, Result, Services};

/// A report by a demo person.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Who files it.
    pub handle: &'static str,
    /// Its idempotency key: it is filed once.
    pub key: &'static str,
    /// Its facts.
    pub facts: Value,
}

/// The sample reports, as somebody would file them at `now`.
pub fn samples(now: DateTime<Utc>) -> Vec<Sample> {
    let ago = |hours| {
        let at = (now - TimeDelta::hours(hours)).with_timezone(&Copenhagen);
        at.to_rfc3339_opts(SecondsFormat::Secs, false)
    };
    vec![
        Sample { handle: "reporter-energy", key: "demo-ransomware-at-nordvind", facts: ransomware(&ago(5)) },
        Sample {
            handle: "reporter-municipality",
            key: "demo-data-leak-at-fjordby",
            facts: data_leak(&ago(9)),
        },
        Sample { handle: "reporter-bank", key: "demo-ddos-at-sundbanken", facts: ddos(&ago(3), &ago(2)) },
    ]
}

/// Files those that are not filed yet.
pub(super) async fn file(services: &Services) -> Result<()> {
    for sample in samples(services.clock.now()) {
        let person = find(services, sample.handle).await?;
        let tx = services.store.begin_snapshot(&Scope::of(&person.actor())).await?;
        let filed = filing::find_by_key(&tx, person.id, sample.key).await?;
        tx.commit().await?;
        if filed.is_some() {
            continue;
        }
        let request = Request { actor: Some(person.actor()), ..Request::by_nobody(Trail::default(), "demo") };
        let outcome = file_as_far_as_known(services, &request, sample.key, sample.facts).await?;
        if !matches!(outcome, SubmitOutcome::Submitted { .. }) {
            return Err(Error::Internal(format!("{} is not taken: {outcome:?}", sample.key)));
        }
    }
    Ok(())
}

/// Files facts; what the law in force asks beyond them is answered with "not known yet".
///
/// # Errors
/// As [`submit`].
pub(crate) async fn file_as_far_as_known(
    services: &Services,
    request: &Request,
    key: &str,
    facts: Value,
) -> Result<SubmitOutcome> {
    let idempotency_key = key.to_owned();
    let mut report = SubmitReport { idempotency_key, facts, incident: None, warnings_seen: false };
    let outcome = submit(services, request, report.clone()).await?;
    let (SubmitOutcome::Incomplete(missing), Some(facts)) = (&outcome, report.facts.as_object_mut()) else {
        return Ok(outcome);
    };
    facts.extend(missing.iter().map(|question| (question.fact.clone(), json!("unknown"))));
    submit(services, request, report).await
}

fn ransomware(aware_at: &str) -> Value {
    json!({
        "incident.kind": "ransomware", "incident.aware_at": aware_at, "incident.ongoing": true,
        "incident.cyber": true, "incident.suspected_malicious": true, "incident.unauthorised_access": true,
        "incident.cross_border": "unknown", "incident.crime_suspected": true, "incident.police_consent": true,
        "service.sectors": ["energy.electricity"],
        "impact.serious_disruption": true, "impact.others_damage": "unknown", "impact.users_affected": 48_000,
        "impact.contingency_activated": true,
        "personal_data.involved": "unknown", "subjects_informed": "unknown",
        "description": "Servere i driftscentralen er krypteret i nat. Elforsyningen kører, men vi kan ikke fjernstyre \
            to koblingsstationer og har bemandet dem.",
        "severity_impact_initial": "Ingen kunder er uden strøm. Fjernstyring og måling er nede i to områder.",
        "mitigation_applied": "Driftsnettet er koblet fra kontornettet. Ekstern hjælp er på vej.",
        "geographic_area": "Nordjylland",
        "contact_primary": "Karen Holm, vagt@nordvind-elnet.example, +45 00 00 00 00",
    })
}

fn data_leak(aware_at: &str) -> Value {
    json!({
        "incident.kind": "data_leak", "incident.aware_at": aware_at, "incident.ongoing": false,
        "incident.cyber": true, "incident.suspected_malicious": false, "incident.cross_border": false,
        "service.sectors": ["public.municipalities"],
        "impact.serious_disruption": false, "impact.others_damage": false, "impact.financial_loss_eur": 0,
        "personal_data.involved": true, "personal_data.risk": "high",
        "description": "En liste med navne og kontaktoplysninger på borgere i hjemmeplejen lå åbent på vores \
            hjemmeside i to døgn.",
        "severity_impact_initial": "Listen er hentet mindst 40 gange.",
        "consequences": "Borgere kan blive kontaktet af svindlere.",
        "mitigation_applied": "Listen er fjernet, og søgemaskiner er bedt om at slette den.",
        "subject_categories_n": "Cirka 1.150 borgere i hjemmeplejen", "records_n": "Cirka 1.150 kontaktkort",
        "subjects_informed": "Nej. Brevene sendes i morgen.",
        "dpo_contact": "Databeskyttelsesrådgiver, dpo@fjordby-kommune.example",
        "contact_primary": "Jens Dahl, it@fjordby-kommune.example, +45 00 00 00 00",
    })
}

fn ddos(aware_at: &str, classified_at: &str) -> Value {
    json!({
        "incident.kind": "ddos", "incident.aware_at": aware_at, "incident.ongoing": true,
        "incident.cyber": true, "incident.suspected_malicious": true, "incident.cross_border": true,
        "incident.crime_suspected": true, "incident.police_consent": false,
        "service.sectors": ["banking.credit_institutions"],
        "impact.serious_disruption": true, "impact.others_damage": false, "impact.users_affected": 210_000,
        "impact.unavailable_minutes": 95, "incident.classified_at": classified_at, "own_reference": "SB-0117",
        "incident.member_states": ["DK", "SE"], "discovery_method": "clients", "bcp_activated": true,
        "dora.critical_services": true, "dora.clients": 210_000, "submission_type": "initial_notification",
        "classification_criteria": ["clients_counterparts_transactions", "critical_services"],
        "personal_data.involved": false,
        "description": "Our online bank is overwhelmed by traffic from many countries. Cards and payments still work.",
        "severity_impact_initial": "Customers cannot sign in to the online bank.",
        "mitigation_applied": "Traffic is filtered by our provider.",
        "contact_primary": "Sofie Lund, ciso@sundbanken.example, +45 00 00 00 00",
    })
}
