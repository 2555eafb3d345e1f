//! Opening the reviews that are due.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Authorisation, Function, Reach};
use varsel_domain::authz::Scope;
use varsel_domain::review::{FunctionUsed, Item, Review, due, is_unused};
use varsel_domain::{AuthorisationId, ReviewId};
use varsel_storage::{Tx, authorisation, authorisation_use, network_in_use, person, review as stored};

use crate::access::write_of_system;
use crate::authorisation::administrators;
use crate::job::{CloseReview, OpenReviews, RemindReviewers, TellReviewer, enqueue, enqueue_at};
use crate::{Result, Services};

/// Puts the next day's look at what is due into the outbox; a second call changes nothing. Called when a server starts.
///
/// # Errors
/// Storage failed.
pub async fn schedule(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let tomorrow = OpenReviews::tomorrow(now);
    enqueue_at(&tx, &*services.ids, (now, tomorrow.begins()), &tomorrow).await?;
    Ok(tx.commit().await?)
}

/// Opens the reviews that are due; how many.
///
/// # Errors
/// Storage failed.
pub(crate) async fn open_due(services: &Services, request_id: &str) -> Result<u32> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let day = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    authorisation_use::compact(&tx, day).await?;
    network_in_use::forget(&tx, day).await?;
    let reaches = authorisation::reaches(&tx, now).await?;
    tx.commit().await?;
    let mut opened = 0_u32;
    for (reach, first) in reaches {
        // A transaction each, so that a large installation holds no lock for long.
        let tx = services.store.begin(&Scope::nothing()).await?;
        if open(services, &tx, (&reach, first), (now, request_id)).await? {
            tx.commit().await?;
            opened = opened.saturating_add(1);
        }
    }
    services.live.ring();
    Ok(opened)
}

/// Opens the review of a reach, if it is due and none is open.
async fn open(
    services: &Services,
    tx: &Tx,
    (reach, first): (&Reach, DateTime<Utc>),
    (now, request_id): (DateTime<Utc>, &str),
) -> Result<bool> {
    let before = stored::newest(tx, reach).await?;
    if before.as_ref().is_some_and(|review| review.closed_at.is_none()) {
        return Ok(false);
    }
    let last = before.as_ref().map_or(first, |review| review.opened_at);
    let Some(deadline) = due(last, now) else { return Ok(false) };
    let id = ReviewId(services.ids.next(now));
    let review = Review { id, reach: reach.clone(), opened_at: now, deadline, closed_at: None };
    let items = items(tx, &review, before.map(|before| before.id)).await?;
    stored::insert(tx, &review, &items).await?;
    let detail = json!({ "review": id, "reach": reach, "items": items.len() });
    write_of_system(services, tx, (now, request_id.to_owned()), (UseKind::ReviewOpened, None), detail)
        .await?;
    let ids = &*services.ids;
    enqueue_at(tx, ids, (now, deadline), &CloseReview { review: id }).await?;
    for at in review.reminders() {
        enqueue_at(tx, ids, (now, at), &RemindReviewers { day: at.date_naive() }).await?;
    }
    for reviewer in administrators(services, tx, reach, now).await? {
        enqueue(tx, ids, now, &TellReviewer { person: reviewer.id, day: now.date_naive() }).await?;
    }
    Ok(true)
}

/// Everything of the reach that is neither withdrawn nor over, as it is now, and how it was used since the review before.
async fn items(tx: &Tx, review: &Review, before: Option<ReviewId>) -> Result<Vec<Item>> {
    let now = review.opened_at;
    let held = authorisation::live_of_reach(tx, &review.reach, now).await?;
    let holders: Vec<_> = held.iter().map(|held| held.holder).collect();
    let people = person::find_many(tx, &holders).await?;
    let tallies = authorisation_use::of(tx, held.iter().map(|held| held.id)).await?;
    let formerly = match before {
        Some(before) => totals(tx, before, &held).await?,
        None => Totals::new(),
    };
    let item = |held: Authorisation| {
        let used = tallies.get(&held.id);
        let last_used_at = used.into_iter().flatten().map(|(_, used)| used.last_at).max();
        let by_function = |function: &Function| {
            let tally = used.and_then(|used| used.get(function));
            let total = tally.map_or(0, |tally| tally.uses);
            let former = formerly.get(&(held.id, *function)).copied().unwrap_or_default();
            let last_at = tally.map(|tally| tally.last_at);
            FunctionUsed { function: *function, last_at, uses: total.saturating_sub(former), total }
        };
        let by_function = held.functions.iter().map(by_function).collect();
        let holder = people.iter().find(|person| person.id == held.holder);
        Item {
            review: review.id,
            authorisation: held.id,
            holder: held.holder,
            holder_name: holder.map(|person| person.name.clone()).unwrap_or_default(),
            functions: held.functions,
            purpose: held.purpose,
            last_used_at,
            uses: used.into_iter().flatten().map(|(_, used)| used.uses).sum(),
            used: by_function,
            unused: is_unused(held.granted_at, last_used_at, now),
            decision: None,
        }
    };
    Ok(held.into_iter().map(item).collect())
}

/// How often each function had been used when the review before opened.
type Totals = HashMap<(AuthorisationId, Function), u64>;

async fn totals(tx: &Tx, before: ReviewId, held: &[Authorisation]) -> Result<Totals> {
    let mut totals = Totals::new();
    // A statement has room for so many.
    for part in held.chunks(500) {
        let ids: Vec<_> = part.iter().map(|held| held.id).collect();
        for item in stored::find_items(tx, before, &ids).await? {
            let of = |used: &FunctionUsed| ((item.authorisation, used.function), used.total);
            totals.extend(item.used.iter().map(of));
        }
    }
    Ok(totals)
}
