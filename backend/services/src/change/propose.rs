//! Proposing a critical change.

use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{Author, Change, ChangeKind, Payload, Refusal};
use varsel_domain::organisation::Party;
use varsel_storage::{Tx, change_proposal, person};

use super::{ChangeView, Concerned, Outcome, detail, execute, present, ring};
use crate::access::{self, AccessLog};
use crate::authorisation::administrators;
use crate::job::{ChangeProposed, ExpireChange, enqueue, enqueue_at};
use crate::{Request, Result, Services};

/// Proposes `payload` for `reason`. Nothing is carried out: those who may approve it are told by mail.
///
/// # Errors
/// Nobody is signed in; the change is about the platform, and the actor does not maintain it (not found); storage failed.
pub async fn propose(
    services: &Services,
    request: &Request,
    payload: &Payload,
    reason: &str,
) -> Result<Outcome> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let platform = payload.subject().is_of_platform();
    if platform {
        request.require(Action::ProposeChange, Resource::Changes, "change")?;
    }
    let tx = services.store.begin(&Scope::nothing()).await?;
    let proposer = present(services, &tx, actor.person).await?;
    let change = match draw_up(services, &tx, (payload, reason), &proposer).await? {
        Ok(change) => change,
        Err(refusal) => {
            drop(tx);
            refuse(services, request, payload.kind(), refusal).await?;
            return Ok(Err(refusal));
        }
    };
    change_proposal::insert(&tx, &change).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ProposeChange, change.subject().resource(actor.person, Author::Oneself));
    log.add(UseKind::ChangeProposed, None, detail(&change));
    log.write(&tx).await?;
    let concerned = Concerned::read(services, &tx, &change).await?;
    tell(services, &tx, &change, &concerned).await?;
    tx.commit().await?;
    ring(services);
    let parties = (concerned.parties(), concerned.organisation.clone());
    Ok(Ok(ChangeView::new(change, &proposer, parties, now)))
}

/// Logs why a change of that kind is not proposed; where it is for want of a right, it is a rejected attempt as well.
///
/// # Errors
/// Storage failed.
pub(crate) async fn refuse(
    services: &Services,
    request: &Request,
    kind: ChangeKind,
    refusal: Refusal,
) -> Result<()> {
    request.trail.note_refusal(refusal);
    let detail = serde_json::json!({ "attempt": "propose", "kind": kind, "code": refusal });
    access::write_refusal(services, request, services.clock.now(), detail).await
}

async fn draw_up(
    services: &Services,
    tx: &Tx,
    (payload, reason): (&Payload, &str),
    proposer: &Party,
) -> Result<std::result::Result<Change, Refusal>> {
    let (now, subject) = (services.clock.now(), payload.subject());
    let concerned = match subject.person() {
        Some(id) => person::find(tx, id).await?,
        None => None,
    };
    if let Err(refusal) = subject.check_proposer(proposer, concerned.as_ref()) {
        return Ok(Err(refusal));
    }
    let target = execute::target(services, tx, payload).await?;
    let id = ChangeId(services.ids.next(now));
    let change = match Change::propose(id, (payload, target), (proposer, reason), now) {
        Ok(change) => change,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(execute::check(services, tx, payload, now).await?.map(|()| change))
}

/// Everybody who may decide gets a mail, and the end of the time is put down.
async fn tell(services: &Services, tx: &Tx, change: &Change, concerned: &Concerned) -> Result<()> {
    let (ids, now) = (&*services.ids, change.proposed_at);
    for administrator in administrators(services, tx, change.subject().reach(), now).await? {
        if change.may_decide(&administrator, concerned.parties(), now).is_ok() {
            enqueue(tx, ids, now, &ChangeProposed { change: change.id, person: administrator.id }).await?;
        }
    }
    enqueue_at(tx, ids, (now, change.expires_at), &ExpireChange { change: change.id }).await
}
