//! Proposing a critical change.

use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Action;
use varsel_domain::authz::Scope;
use varsel_domain::change::{Change, Payload, Refusal};
use varsel_domain::organisation::Person;
use varsel_storage::{Tx, change_proposal, person};

use super::{ChangeView, Outcome, administrator, detail, execute, present, ring};
use crate::access::{self, AccessLog};
use crate::job::{ChangeProposed, ExpireChange, enqueue, enqueue_at};
use crate::{Request, Result, Services};

/// Proposes `payload` for `reason`. Nothing is carried out: the other administrators are told by mail.
///
/// # Errors
/// The actor does not maintain the rules (not found), or storage failed.
pub async fn propose(
    services: &Services,
    request: &Request,
    payload: &Payload,
    reason: &str,
) -> Result<Outcome> {
    let (actor, now) = (administrator(request, Action::ProposeChange, "change")?, services.clock.now());
    let tx = services.store.begin(&Scope::nothing()).await?;
    let proposer = present(&tx, actor.person).await?;
    let change = match draw_up(services, &tx, (payload, reason), &proposer).await? {
        Ok(change) => change,
        Err(refusal) => {
            drop(tx);
            let detail = serde_json::json!({ "attempt": "propose", "kind": payload.kind(), "code": refusal });
            access::write_refusal(services, request, now, detail).await?;
            return Ok(Err(refusal));
        }
    };
    change_proposal::insert(&tx, &change).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::ChangeProposed, None, detail(&change));
    log.write(&tx).await?;
    tell(services, &tx, &change, &proposer).await?;
    tx.commit().await?;
    ring(services);
    Ok(Ok(ChangeView::new(change, &proposer, Some(&proposer), now)))
}

async fn draw_up(
    services: &Services,
    tx: &Tx,
    (payload, reason): (&Payload, &str),
    proposer: &Person,
) -> Result<std::result::Result<Change, Refusal>> {
    let now = services.clock.now();
    let target = execute::target(services, tx, payload.kind()).await?;
    let id = ChangeId(services.ids.next(now));
    let change = match Change::propose(id, (payload, target), (proposer, reason), now) {
        Ok(change) => change,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(execute::check(services, tx, payload, now).await?.map(|()| change))
}

/// Everybody who may decide gets a mail, and the end of the time is put down.
async fn tell(services: &Services, tx: &Tx, change: &Change, proposer: &Person) -> Result<()> {
    let (ids, now) = (&*services.ids, change.proposed_at);
    for administrator in person::administrators(tx).await? {
        if change.may_decide(&administrator, Some(proposer), now).is_ok() {
            enqueue(tx, ids, now, &ChangeProposed { change: change.id, person: administrator.id }).await?;
        }
    }
    enqueue_at(tx, ids, (now, change.expires_at), &ExpireChange { change: change.id }).await
}
