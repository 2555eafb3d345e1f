//! The end of a review: what nobody has confirmed is suspended.

use serde_json::json;
use varsel_domain::ReviewId;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Status, Step, Suspension};
use varsel_domain::authz::Scope;
use varsel_domain::review::{Decision, Item, Review, Verdict};
use varsel_storage::{Tx, authorisation, review as stored};

use crate::access::write_of_system;
use crate::authorisation::suspend;
use crate::{Result, Services};

/// Items that are read at once.
const ROWS: u64 = 200;

/// Closes a review whose deadline has come. False where it was closed before.
///
/// # Errors
/// Storage failed: then nothing was suspended.
pub(crate) async fn close(services: &Services, id: ReviewId, request_id: &str) -> Result<bool> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let open = stored::lock(&tx, id).await?.filter(|review| review.closed_at.is_none());
    let Some(review) = open.filter(|review| now >= review.deadline) else { return Ok(false) };
    let undecided = stored::ItemCriteria { decided: Some(false), unused: false };
    let mut suspended = Vec::new();
    loop {
        // What is decided is no longer among them.
        let items = stored::items(&tx, id, undecided, (None, ROWS)).await?;
        if items.is_empty() {
            break;
        }
        authorisation::lock_holders(&tx, items.iter().map(|item| item.holder)).await?;
        for item in items {
            if end(services, &tx, &review, &item).await? {
                suspended.push(item.authorisation);
            }
        }
    }
    stored::close(&tx, id, now).await?;
    let detail = json!({ "review": id, "reach": review.reach, "suspended": suspended });
    write_of_system(services, &tx, (now, request_id.to_owned()), (UseKind::ReviewClosed, None), detail)
        .await?;
    tx.commit().await?;
    services.live.ring();
    Ok(true)
}

/// Ends an item that nobody decided on. True where its authorisation is suspended by that.
async fn end(services: &Services, tx: &Tx, review: &Review, item: &Item) -> Result<bool> {
    let now = services.clock.now();
    let held = authorisation::find(tx, item.authorisation).await?;
    let held = held
        .filter(|held| matches!(held.status_at(now), Status::Pending | Status::Active | Status::Suspended));
    let reason = format!("nobody confirmed it in {} by {}", review.id, review.deadline.to_rfc3339());
    let verdict = if held.is_some() { Verdict::Suspended } else { Verdict::Gone };
    let decision = Decision { verdict, by: None, by_name: None, at: now, reason: reason.clone() };
    stored::decide(tx, (review.id, item.authorisation), &decision).await?;
    let Some(held) = held else { return Ok(false) };
    let step = Step { by: None, by_name: None, at: now, reason };
    suspend(services, tx, held, Suspension::Unconfirmed, step).await
}
