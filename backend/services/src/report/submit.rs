//! Files a report: authorise, load, decide, write, log, enqueue, commit.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::incident::Filing;
use varsel_domain::organisation::Organisation;
use varsel_domain::rules::{self, History, Text};
use varsel_domain::{Actor, IncidentId};
use varsel_storage::dossier::{self, Dossier};
use varsel_storage::{Tx, filing, incident, organisation, revision};

use crate::access::AccessLog;
use crate::report::filed::{self, Before};
use crate::report::taken::{self, Standing};
use crate::report::{SubmitOutcome, SubmitReport, receipt};
use crate::{Error, Request, Result, Services, projection};

/// One attempt to file.
struct Attempt<'a> {
    services: &'a Services,
    request: &'a Request,
    actor: &'a Actor,
    report: &'a SubmitReport,
    now: DateTime<Utc>,
}

/// Files a report in one transaction, or nothing.
///
/// # Errors
/// No right to report, no such incident, or storage failed (then nothing was written).
pub async fn submit(services: &Services, request: &Request, report: SubmitReport) -> Result<SubmitOutcome> {
    let actor = request.actor()?;
    let key = &report.idempotency_key;
    if !(8..=100).contains(&key.chars().count()) || key.chars().any(char::is_control) {
        let da = "Nøglen skal have mellem 8 og 100 tegn og ingen styretegn.".to_owned();
        let en = "The key must have between 8 and 100 characters and no control characters.".to_owned();
        return Err(Error::Invalid { field: "idempotencyKey", message: Text { da, en } });
    }
    let attempt = Attempt { services, request, actor, report: &report, now: services.clock.now() };
    let outcome = match attempt.run().await {
        // Another request with the same key was faster: what it filed is there now.
        Err(Error::Storage(varsel_storage::Error::AlreadyExists { table: filing::TABLE })) => {
            match attempt.run().await {
                // It is not to be seen: the person reported for another organisation then.
                Err(Error::Storage(varsel_storage::Error::AlreadyExists { table: filing::TABLE })) => {
                    return Err(Error::NotFound { kind: "incident" });
                }
                outcome => outcome?,
            }
        }
        outcome => outcome?,
    };
    if matches!(outcome, SubmitOutcome::Submitted { repeated: false, .. }) {
        services.live.ring();
    }
    Ok(outcome)
}

impl Attempt<'_> {
    async fn run(&self) -> Result<SubmitOutcome> {
        let own = self.own_organisation()?;
        let scope = Scope::to_file(self.actor, own);
        let tx = self.services.store.begin(&scope).await?;
        if let Some(first) = filing::find_by_key(&tx, self.actor.person, &self.report.idempotency_key).await?
        {
            return self.answer((tx, &scope), &first, true).await;
        }
        let organisation =
            organisation::find(&tx, own).await?.ok_or(Error::NotFound { kind: "organisation" })?;
        let known = match self.report.incident {
            Some(id) => Some(self.lock((&tx, &scope), id).await?),
            None => None,
        };
        let before = Before::of(&organisation, known.as_ref());
        let now = self.now;
        let pack = match &known {
            Some(known) => self.services.packs.of(&tx, &known.revision.assessment.pack.version, now).await?,
            None => self.services.packs.in_force(now),
        };
        let is_further = before.known.is_some();
        let standing = Standing { facts: before.facts, filings: &before.stages, is_further };
        let pack = &*pack;
        let facts = taken::take((pack, now), &standing, &self.report.facts, self.report.warnings_seen);
        let facts = match facts {
            Ok(facts) => facts,
            Err(outcome) => return Ok(*outcome),
        };
        let past = History { filings: &before.stages, requests: &before.requests };
        let discharged = rules::discharged_history(pack, &facts, past, now);
        let (services, actor) = (self.services, self.actor);
        let filed = filed::File { services, pack, actor, now, before: &before };
        let filing =
            filed.write(&tx, (&self.report.idempotency_key, self.sent()?), &facts, discharged).await?;
        self.answer((tx, &scope), &filing, false).await
    }

    /// The tag of what is sent, whatever the order of its facts.
    fn sent(&self) -> Result<String> {
        let facts = self.report.facts.as_object();
        let facts: BTreeMap<_, _> = facts.into_iter().flatten().collect();
        let sent = serde_json::to_vec(&(self.report.incident, facts));
        Ok(self.services.attempts.keys.sent(&sent.map_err(|error| Error::Internal(error.to_string()))?))
    }

    fn own_organisation(&self) -> Result<varsel_domain::OrganisationId> {
        let own = self.actor.organisation();
        own.filter(|own| permits(self.actor, Action::Submit, Resource::Organisation(*own)))
            .ok_or_else(|| self.request.forbid("file a report"))
    }

    /// The incident to report on further, which nobody else changes until the transaction ends.
    async fn lock(&self, (tx, scope): (&Tx, &Scope), id: IncidentId) -> Result<Dossier> {
        let missing = || Error::NotFound { kind: "incident" };
        let Some(incident) = incident::lock(tx, scope, id).await? else {
            let there = incident::is_there(tx, scope, id).await?;
            return Err(self.request.deny_if(there, "incident"));
        };
        let resource = Resource::Incident { organisation: incident.organisation, units: &[] };
        self.request.require(Action::Submit, resource, "incident")?;
        dossier::find(tx, scope, id).await?.ok_or_else(missing)
    }

    /// Logs, commits and answers, in this order: what is not on disk is not claimed to be.
    async fn answer(
        &self,
        (tx, scope): (Tx, &Scope),
        filing: &Filing,
        repeated: bool,
    ) -> Result<SubmitOutcome> {
        let missing = || Error::NotFound { kind: "incident" };
        let revision = revision::find(&tx, scope, filing.revision).await?.ok_or_else(missing)?;
        let dossier = dossier::find(&tx, scope, filing.incident).await?.ok_or_else(missing)?;
        let receipt = receipt::of(&dossier, filing, &revision);
        let view =
            projection::filed(self.services, &tx, (self.actor, &self.request.shown), dossier, self.now)
                .await?;
        let mut log = AccessLog::new(self.services, self.request, self.now)?;
        if !repeated {
            log.under(Action::Submit, Resource::Organisation(view.organisation.id));
            log.add(UseKind::Submitted, Some(filing.incident), json!({ "filing": filing.id }));
        }
        log.add_shown(UseKind::Opened, &view);
        log.write(&tx).await?;
        tx.commit().await?;
        let incident = Box::new(view);
        let same = filing.sent_tag.is_none() || filing.sent_tag == Some(self.sent()?);
        Ok(if same {
            SubmitOutcome::Submitted { incident, receipt, repeated }
        } else {
            SubmitOutcome::KeyUsed { incident, receipt }
        })
    }
}

impl<'a> Before<'a> {
    fn of(organisation: &'a Organisation, known: Option<&'a Dossier>) -> Self {
        Self {
            organisation,
            known,
            facts: known.map_or(&organisation.registered_facts, |dossier| &dossier.revision.facts),
            stages: known.map(Dossier::stages).unwrap_or_default(),
            requests: known.map(Dossier::asked).unwrap_or_default(),
        }
    }
}
