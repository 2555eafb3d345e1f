//! Following up a block: taking its task over, closing it with a reason, and opening the way in before its time.

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::attempt::{Block, Closing, REASON, reason};
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::rules::Text;
use varsel_domain::{Actor, BlockId, PersonId};
use varsel_storage::{Tx, attempt_block, attempt_strikes, person};

use super::read::{BlockView, block_views};
use crate::access::AccessLog;
use crate::session::{FRESH, require_fresh};
use crate::{Error, Request, Result, Services};

/// The most tasks that are closed at once.
const MOST: usize = 100;

/// The actor takes the task of a block over.
///
/// # Errors
/// There is no such block, or the actor may not know (not found); its task is closed; storage failed.
pub async fn take(services: &Services, request: &Request, id: BlockId) -> Result<BlockView> {
    let actor = follower(request)?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let block = open(&tx, request, id).await?;
    let block = Block { owner: Some(actor.person), ..block };
    attempt_block::update(&tx, &block).await?;
    finish(services, request, tx, ("taken over", vec![block])).await?.pop().ok_or_else(|| gone(request))
}

/// Closes the tasks of blocks, all for the same reason: what was found.
///
/// # Errors
/// [`Error::Invalid`] naming `reason` or `ids`; as [`take`].
pub async fn close(
    services: &Services,
    request: &Request,
    ids: &[BlockId],
    why: &str,
) -> Result<Vec<BlockView>> {
    let actor = follower(request)?;
    let Some(reason) = reason(why) else {
        let (least, most) = REASON;
        let da = format!("Skriv med {least} til {most} tegn, hvad I fandt ud af. Teksten er ikke gemt.");
        let en =
            format!("Write what you found, in {least} to {most} characters. The text has not been saved.");
        return Err(invalid("reason", da, en));
    };
    if ids.is_empty() || ids.len() > MOST {
        let da = format!("Vælg mellem 1 og {MOST} opgaver.");
        let en = format!("Choose between 1 and {MOST} tasks.");
        return Err(invalid("ids", da, en));
    }
    let now = services.clock.now();
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let mut closed = Vec::with_capacity(ids.len());
    for id in ids {
        let block = open(&tx, request, id).await?;
        let closing =
            Closing { at: now, by: actor.person, by_name: actor.name.clone(), reason: reason.clone() };
        let block = Block { closing: Some(closing), ..block };
        attempt_block::update(&tx, &block).await?;
        closed.push(block);
    }
    finish(services, request, tx, ("closed", closed)).await
}

/// Opens a way in before its time. The task stays: that it is open again does not say why it was closed.
///
/// # Errors
/// [`Error::Invalid`] where it is the actor's own account, or another that may be theirs; [`Error::StepUpRequired`]; as [`take`].
pub async fn lift(services: &Services, request: &Request, id: BlockId) -> Result<BlockView> {
    let (actor, now) = (follower(request)?, services.clock.now());
    let tx = services.store.begin(&Scope::nothing()).await?;
    // The counter comes before the block, as it does when a block begins: two who want both do not wait for each other.
    let subject = attempt_block::find(&tx, id).await?.ok_or_else(|| request.nothing("block"))?.subject;
    if may_be_own(&tx, actor, subject.person()).await? {
        let da = "Det er din egen konto, eller en, der kan være din. Bed en anden om at åbne den.".to_owned();
        let en = "It is your own account, or one that may be yours. Ask somebody else to open it.".to_owned();
        return Err(invalid("id", da, en));
    }
    require_fresh(services, request, FRESH)?;
    for (subject, mut strikes) in attempt_strikes::lock(&tx, &[subject], now).await? {
        strikes.lift();
        attempt_strikes::store(&tx, &subject, &strikes, now).await?;
    }
    let block = attempt_block::lock(&tx, id).await?.ok_or_else(|| gone(request))?;
    let block = Block { lifted_at: Some(now), lifted_by: Some(actor.name.clone()), ..block };
    attempt_block::update(&tx, &block).await?;
    finish(services, request, tx, ("opened", vec![block])).await?.pop().ok_or_else(|| gone(request))
}

/// Whether the actor may be the human being behind an account: then somebody else opens it.
async fn may_be_own(tx: &Tx, actor: &Actor, account: Option<PersonId>) -> Result<bool> {
    let Some(account) = account else { return Ok(false) };
    let (own, owner) = (person::find(tx, actor.person).await?, person::find(tx, account).await?);
    Ok(own.zip(owner).is_some_and(|(own, owner)| own.natural().may_be(&owner.natural())))
}

fn follower(request: &Request) -> Result<&Actor> {
    request.require(Action::FollowUpAttempt, Resource::Attempts, "block")
}

/// The block, whose task is open.
async fn open(tx: &Tx, request: &Request, id: BlockId) -> Result<Block> {
    let block = attempt_block::lock(tx, id).await?.ok_or_else(|| gone(request))?;
    if block.closing.is_some() {
        // By whom, the page says, which is logged.
        let da = "Opgaven er allerede lukket. Hent siden igen for at se, af hvem og hvorfor.".to_owned();
        let en = "The task has been closed already. Reload the page to see by whom, and why.".to_owned();
        return Err(invalid("ids", da, en));
    }
    Ok(block)
}

/// Writes to the access log what was done, and commits.
async fn finish(
    services: &Services,
    request: &Request,
    tx: Tx,
    (done, blocks): (&str, Vec<Block>),
) -> Result<Vec<BlockView>> {
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::FollowUpAttempt, Resource::Attempts);
    for block in &blocks {
        // Of a person's account, whose it is; a client is not written down twice.
        let person = block.subject.person();
        let reason = block.closing.as_ref().map(|closing| &closing.reason);
        let detail = json!({ "block": block.id, "done": done, "person": person, "reason": reason });
        log.add(UseKind::BlockFollowedUp, None, detail);
    }
    log.write(&tx).await?;
    let views = block_views(&tx, blocks, services.clock.now()).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(views)
}

fn gone(request: &Request) -> Error {
    request.nothing("block")
}

fn invalid(field: &'static str, da: String, en: String) -> Error {
    Error::Invalid { field, message: Text { da, en } }
}
