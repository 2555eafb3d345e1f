//! Asking for an authorisation, for oneself or somebody else, and giving it when another has approved.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{
    Authorisation, Basis, Function, Grant, Purpose, Reach, State, Status, Step, Temporary,
};
use varsel_domain::authz::Scope;
use varsel_domain::change::{Payload, Refusal, Target};
use varsel_domain::{AuthorisationId, ChangeId, PersonId};
use varsel_storage::{Tx, authorisation as stored, organisation, person};

use super::tell;
use crate::access::write_of_system;
use crate::change::{self, Outcome};
use crate::job::Notice;
use crate::{Error, Request, Result, Services};

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// For whom; none for oneself.
    pub holder: Option<PersonId>,
    /// What it is to let them do.
    pub functions: BTreeSet<Function>,
    /// How far.
    pub reach: Reach,
    /// For what.
    pub purpose: String,
    /// From when; none as soon as it is approved.
    pub from: Option<DateTime<Utc>>,
    /// Until when.
    pub until: Option<DateTime<Utc>>,
    /// Why it is only for a time.
    pub temporary: Option<Temporary>,
}

/// Proposes what is asked for: somebody who administers there, and is neither who asks nor who gets it, has to approve.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn ask(services: &Services, request: &Request, wish: Wish, reason: &str) -> Result<Outcome> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let holder = wish.holder.unwrap_or(actor.person);
    let holder_name = name(services, holder).await?;
    let payload = Payload::GrantAuthorisation(Grant {
        holder,
        // Somebody who is not there is refused by the same check as everything else, and logged.
        holder_name: holder_name.unwrap_or_default(),
        functions: wish.functions,
        reach: wish.reach,
        purpose: wish.purpose.trim().to_owned(),
        from: wish.from.unwrap_or(now).max(now),
        until: wish.until,
        temporary: wish.temporary,
    });
    change::propose(services, request, &payload, reason).await
}

/// Proposes to reinstate a suspended authorisation, one's own or somebody else's.
///
/// # Errors
/// No such authorisation, or the actor may not know of it; storage failed.
pub async fn ask_again(
    services: &Services,
    request: &Request,
    id: AuthorisationId,
    reason: &str,
) -> Result<Outcome> {
    let found = super::find(services, request, id).await?;
    let held = found.ok_or(Error::NotFound { kind: "authorisation" })?.authorisation;
    let holder_name = name(services, held.holder).await?.unwrap_or_default();
    let Authorisation { holder, functions, reach, .. } = held;
    let payload =
        Payload::ReinstateAuthorisation { authorisation: id, holder, holder_name, functions, reach };
    change::propose(services, request, &payload, reason).await
}

async fn name(services: &Services, holder: PersonId) -> Result<Option<String>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let found = person::find(&tx, holder).await?;
    tx.commit().await?;
    Ok(found.map(|person| person.name))
}

/// What proposals about a person's rights are made upon: everything that person holds. Nobody else changes that until
/// the transaction ends.
///
/// # Errors
/// Storage failed.
pub(crate) async fn target(tx: &Tx, holder: PersonId) -> Result<Target> {
    stored::lock_holders(tx, [holder]).await?;
    let version = stored::version_of(tx, holder).await?;
    Ok(Target { name: format!("authorisation/{holder}"), version })
}

/// Whether it may be given at `now`.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check_grant(
    services: &Services,
    tx: &Tx,
    grant: &Grant,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let Some(holder) = person::find(tx, grant.holder).await? else { return Ok(Err(Refusal::UnknownHolder)) };
    if let Err(refusal) = grant.check(&holder.role, services.longest_temporary, now) {
        return Ok(Err(refusal));
    }
    let pack = services.packs.in_force(now);
    let known = match &grant.reach {
        Reach::Organisation(id) => organisation::find(tx, *id).await?.is_some(),
        Reach::Unit(id) => pack.unit(id.as_str()).is_some(),
        Reach::Sector(id) => pack.sectors().iter().any(|sector| sector.id == *id),
        Reach::National => true,
    };
    Ok(if known { Ok(()) } else { Err(Refusal::UnknownReach) })
}

/// Whether it may be given back at `now`, as it was when that was proposed.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check_reinstatement(
    tx: &Tx,
    id: AuthorisationId,
    (holder, functions, reach): (PersonId, &BTreeSet<Function>, &Reach),
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let Some(held) = stored::find(tx, id).await? else { return Ok(Err(Refusal::NotSuspended)) };
    let same = held.holder == holder && held.functions == *functions && held.reach == *reach;
    Ok(if !same {
        Err(Refusal::PayloadDiffers)
    } else if held.status_at(now) != Status::Suspended {
        Err(Refusal::NotSuspended)
    } else {
        Ok(())
    })
}

/// Gives it. [`check_grant`] was asked in the same transaction.
///
/// # Errors
/// Storage failed.
pub(crate) async fn carry_out_grant(
    services: &Services,
    tx: &Tx,
    change: ChangeId,
    grant: Grant,
    now: DateTime<Utc>,
) -> Result<()> {
    let granted = Authorisation {
        id: AuthorisationId(services.ids.next(now)),
        holder: grant.holder,
        functions: grant.functions,
        reach: grant.reach,
        purpose: Purpose::Stated(grant.purpose),
        from: grant.from.max(now),
        until: grant.until,
        temporary: grant.temporary,
        basis: Basis::Approved(change),
        state: State::Active,
        granted_at: now,
        step: None,
    };
    stored::insert(tx, &granted).await?;
    let detail = json!({ "authorisation": granted.id, "holder": granted.holder, "change": change });
    let when = (now, change.to_string());
    write_of_system(services, tx, when, (UseKind::AuthorisationGranted, None), detail).await?;
    tell(services, tx, &granted, Notice::Granted, now).await
}

/// Gives it back. [`check_reinstatement`] was asked in the same transaction.
///
/// # Errors
/// Storage failed.
pub(crate) async fn carry_out_reinstatement(
    services: &Services,
    tx: &Tx,
    (change, id): (ChangeId, AuthorisationId),
    now: DateTime<Utc>,
) -> Result<()> {
    let held = stored::find(tx, id).await?.ok_or(Error::NotFound { kind: "authorisation" })?;
    let step = Step { by: None, by_name: None, at: now, reason: change.to_string() };
    let held = held.reinstate(step).map_err(|error| Error::Internal(error.to_string()))?;
    stored::update(tx, &held).await?;
    let detail = json!({ "authorisation": id, "holder": held.holder, "change": change });
    let when = (now, change.to_string());
    write_of_system(services, tx, when, (UseKind::AuthorisationReinstated, None), detail).await?;
    tell(services, tx, &held, Notice::Reinstated, now).await
}
