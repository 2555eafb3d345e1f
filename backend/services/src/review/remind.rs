//! Reminding those who have something left to review.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use varsel_domain::PersonId;
use varsel_domain::authz::Scope;
use varsel_domain::review::Review;
use varsel_storage::{Tx, review as stored};

use crate::authorisation::administrators;
use crate::job::{TellReviewer, enqueue};
use crate::{Result, Services};

/// Has everybody told who has something left to review; how many people.
///
/// # Errors
/// Storage failed.
pub(crate) async fn remind(services: &Services, day: NaiveDate) -> Result<usize> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let mut people = BTreeSet::new();
    for review in open(&tx, now).await? {
        people.extend(administrators(services, &tx, &review.reach, now).await?.iter().map(|it| it.id));
    }
    for person in &people {
        enqueue(&tx, &*services.ids, now, &TellReviewer { person: *person, day }).await?;
    }
    tx.commit().await?;
    Ok(people.len())
}

/// How many items somebody may decide on and nobody has, and when the first of them are suspended; none where there are
/// none.
///
/// # Errors
/// Storage failed.
pub(crate) async fn left_for(
    services: &Services,
    tx: &Tx,
    reviewer: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<(u64, DateTime<Utc>)>> {
    let (mut left, mut deadline) = (0_u64, None);
    for review in open(tx, now).await? {
        if !administrators(services, tx, &review.reach, now).await?.iter().any(|it| it.id == reviewer) {
            continue;
        }
        let undecided = stored::count_others(tx, review.id, reviewer).await?;
        if undecided > 0 {
            left = left.saturating_add(undecided);
            deadline = deadline.or(Some(review.deadline));
        }
    }
    Ok(deadline.map(|deadline| (left, deadline)))
}

/// Those that run, soonest deadline first.
async fn open(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<Review>> {
    let mut open = stored::open(tx).await?;
    open.retain(|review| now < review.deadline);
    Ok(open)
}
