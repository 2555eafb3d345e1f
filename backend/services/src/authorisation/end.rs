//! Taking authorisations away: at once, by one person, because that is the safe direction.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Authorisation, Step, Suspension};
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::change::Author;
use varsel_domain::{AuthorisationId, PersonId};
use varsel_storage::{Tx, authorisation as stored};

use super::{few, reason_of, step};
use crate::access::AccessLog;
use crate::job::{Notice, TellHolder, enqueue_at};
use crate::session::{FRESH, require_fresh};
use crate::{Request, Result, Services};

/// How long before its end the holder of an authorisation is told of it.
const NOTICE: TimeDelta = TimeDelta::days(7);

/// What came of withdrawing several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ended {
    /// Those that are withdrawn now.
    pub withdrawn: Vec<AuthorisationId>,
    /// Those that had ended before.
    pub over: Vec<AuthorisationId>,
}

/// Withdraws authorisations for `reason`, effective at once. One's own may be given up like this, too.
///
/// # Errors
/// One that does not exist, or that the actor may not withdraw (not found): then none is. [`crate::Error::StepUpRequired`] where one is
/// another's and the actor did not sign in just now; a reason that cannot be taken; none or too many; storage failed.
pub async fn withdraw(
    services: &Services,
    request: &Request,
    ids: &[AuthorisationId],
    reason: &str,
) -> Result<Ended> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let reason = reason_of(reason)?;
    few(ids.len(), "ids")?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let found = stored::find_many(&tx, ids).await?;
    stored::lock_holders(&tx, found.iter().map(|held| held.holder)).await?;
    // As they are now that nobody else changes them.
    let found = stored::find_many(&tx, ids).await?;
    let may = |held: &Authorisation| {
        let author = Author::AnotherPerson;
        let resource = Resource::Authorisation { holder: held.holder, author, reach: &held.reach };
        permits(actor, Action::WithdrawAuthorisation, resource)
    };
    if !ids.iter().all(|id| found.iter().any(|held| held.id == *id && may(held))) {
        return Err(request.deny_if(found.len() == ids.len(), "authorisation"));
    }
    // With a stolen session or token somebody could take everybody's rights, after which nobody is left who gives any.
    if found.iter().any(|held| held.holder != actor.person) {
        require_fresh(services, request, FRESH)?;
    }
    let mut log = AccessLog::new(services, request, now)?;
    let mut ended = Ended::default();
    for held in found {
        let (id, holder) = (held.id, held.holder);
        let resource =
            Resource::Authorisation { holder, author: Author::AnotherPerson, reach: &held.reach.clone() };
        log.under(Action::WithdrawAuthorisation, resource);
        if end(services, &tx, held, step(actor, now, reason)).await? {
            log.add(UseKind::AuthorisationWithdrawn, None, json!({ "authorisation": id, "holder": holder }));
            ended.withdrawn.push(id);
        } else {
            ended.over.push(id);
        }
    }
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(ended)
}

/// Withdraws everything that a person holds; what that was. The holder's rows are locked.
///
/// # Errors
/// Storage failed.
pub(crate) async fn withdraw_all(
    services: &Services,
    tx: &Tx,
    holder: PersonId,
    step: &Step,
) -> Result<Vec<AuthorisationId>> {
    stored::lock_holders(tx, [holder]).await?;
    let mut withdrawn = Vec::new();
    for held in stored::of_holder(tx, holder).await? {
        let id = held.id;
        if end(services, tx, held, step.clone()).await? {
            withdrawn.push(id);
        }
    }
    Ok(withdrawn)
}

/// Withdraws one because a review says so; one that has ended stays so.
///
/// # Errors
/// Storage failed.
pub(crate) async fn withdraw_in_review(
    services: &Services,
    tx: &Tx,
    id: AuthorisationId,
    step: Step,
) -> Result<()> {
    if let Some(held) = stored::find(tx, id).await? {
        end(services, tx, held, step).await?;
    }
    Ok(())
}

/// Withdraws one and tells its holder; false where it had ended before.
async fn end(services: &Services, tx: &Tx, held: Authorisation, step: Step) -> Result<bool> {
    let now = step.at;
    let Ok(held) = held.withdraw(step) else { return Ok(false) };
    stored::update(tx, &held).await?;
    tell(services, tx, &held, Notice::Withdrawn, now).await?;
    Ok(true)
}

/// Suspends one and tells its holder; false where it gave nothing anyway.
///
/// # Errors
/// Storage failed.
pub(crate) async fn suspend(
    services: &Services,
    tx: &Tx,
    held: Authorisation,
    why: Suspension,
    step: Step,
) -> Result<bool> {
    let now = step.at;
    let Ok(held) = held.suspend(why, step) else { return Ok(false) };
    stored::update(tx, &held).await?;
    tell(services, tx, &held, Notice::Suspended, now).await?;
    Ok(true)
}

/// Has its holder told by mail what happened at `now`; and of its end, when that comes.
///
/// # Errors
/// Storage failed.
pub(crate) async fn tell(
    services: &Services,
    tx: &Tx,
    held: &Authorisation,
    notice: Notice,
    now: DateTime<Utc>,
) -> Result<()> {
    let ids = &*services.ids;
    let job = |notice, at| TellHolder { authorisation: held.id, notice, at };
    enqueue_at(tx, ids, (now, now), &job(notice, now)).await?;
    if let (Notice::Granted | Notice::Reinstated, Some(until)) = (notice, held.until) {
        if until - NOTICE > now {
            enqueue_at(tx, ids, (now, until - NOTICE), &job(Notice::Ending, until)).await?;
        }
        enqueue_at(tx, ids, (now, until), &job(Notice::Ended, until)).await?;
    }
    Ok(())
}
