//! What was rejected, and who followed it up.

use std::collections::BTreeMap;

use chrono_tz::Europe::Copenhagen;
use varsel_domain::attempt::Block;
use varsel_storage::{Tx, attempt, attempt_block};

use super::count;
use super::people::People;
use crate::compliance::finding::OfAccess;
use crate::compliance::model::{Attempts, Month, Period, Task, Told};
use crate::{Result, Services};

/// Blocks that are read at once.
const ROWS: u64 = 500;

/// The attempts of the period, and the blocks that began in it or whose task is open.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(
    services: &Services,
    tx: &Tx,
    period: Period,
    findings: &mut Vec<Told>,
) -> Result<Attempts> {
    let months = months(tx, period).await?;
    let (blocks, mut tasks) = (read(tx).await?, Vec::new());
    let people = People::read(tx, blocks.iter().filter_map(|block| block.owner)).await?;
    let now = services.clock.now();
    let began = count(blocks.iter().filter(|block| period.holds(block.began_at)));
    let open: Vec<_> = blocks.iter().filter(|block| block.closing.is_none()).collect();
    let over_a_week = count(open.iter().filter(|block| block.is_marked(now)));
    let without_owner = count(open.iter().filter(|block| block.owner.is_none()));
    let (open, wanted) = (count(&open), |it: &&Block| it.closing.is_none() || period.holds(it.began_at));
    for block in blocks.iter().filter(wanted) {
        let closing = block.closing.as_ref();
        tasks.push(Task {
            id: block.id.to_string(),
            cause: block.cause,
            began_at: block.began_at,
            times: block.times,
            owner: block.owner.map(|owner| people.name(owner)),
            closed_at: closing.map(|closing| closing.at),
            closed_by: closing.map(|closing| closing.by_name.clone()),
            reason: closing.map(|closing| closing.reason.clone()),
            over_a_week: block.is_marked(now),
        });
    }
    if over_a_week > 0 {
        findings.push(OfAccess::BlocksNotFollowedUp { count: over_a_week }.into());
    }
    if without_owner > 0 {
        findings.push(OfAccess::BlocksWithoutOwner { count: without_owner }.into());
    }
    let rejected = months.iter().filter(|month| month.cause.is_rejection());
    let total = rejected.map(|month| month.count).sum();
    Ok(Attempts { total, months, blocks: began, open, open_over_a_week: over_a_week, without_owner, tasks })
}

/// Hours added up to months in Denmark.
async fn months(tx: &Tx, period: Period) -> Result<Vec<Month>> {
    let mut months = BTreeMap::new();
    for hour in attempt::hours(tx, period.from).await? {
        if period.holds(hour.hour) {
            let month = hour.hour.with_timezone(&Copenhagen).format("%Y-%m").to_string();
            *months.entry((month, hour.cause)).or_default() += u64::try_from(hour.count).unwrap_or_default();
        }
    }
    Ok(months.into_iter().map(|((month, cause), count)| Month { month, cause, count }).collect())
}

async fn read(tx: &Tx) -> Result<Vec<Block>> {
    let (mut blocks, mut after) = (Vec::new(), None);
    loop {
        let part = attempt_block::list(tx, false, after, ROWS).await?;
        let Some(last) = part.last() else { return Ok(blocks) };
        after = Some((last.began_at, last.id));
        blocks.extend(part);
    }
}
