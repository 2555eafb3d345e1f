//! What is done with rejected attempts when their time has come.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use varsel_domain::attempt::compare;
use varsel_domain::authz::Scope;
use varsel_storage::attempt_strikes;

use super::block::Watchers;
use super::read::{per_day, tx_hours};
use super::unusual;
use crate::job::{AttemptsAlarm, enqueue};
use crate::{Result, Services};

/// How far back a day's summary looks: the 28 days before it, and a day for whoever is late.
const LOOK_BACK: TimeDelta = TimeDelta::days(31);

/// Sums up a day: one line in the log for each cause, and an alarm where there were five times as many as usual for a
/// cause, or from a source.
///
/// # Errors
/// Storage failed.
pub(crate) async fn summarise(services: &Services, date: NaiveDate) -> Result<bool> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let days = per_day(tx_hours(&tx, now - LOOK_BACK).await?);
    let found = compare(&days, date);
    for of_cause in &found {
        let (cause, count, usual) = (of_cause.cause, of_cause.count, of_cause.usual);
        tracing::info!(%date, ?cause, count, usual, deviates = of_cause.deviates, "rejected attempts of the day");
    }
    let sources = unusual::sources(&tx, date).await?;
    // Who they are stands on the page: lines of the log name nobody.
    tracing::info!(%date, deviating = sources.len(), "sources of rejected attempts of the day");
    let deviates = found.iter().any(|of_cause| of_cause.deviates) || !sources.is_empty();
    if deviates {
        for watcher in Watchers::now(services, &tx).await?.all() {
            enqueue(&tx, &*services.ids, now, &AttemptsAlarm::of_day(watcher, date)).await?;
        }
    }
    tx.commit().await?;
    services.live.ring();
    Ok(deviates)
}

/// Throws counters away that count nothing any more.
///
/// # Errors
/// Storage failed.
pub(crate) async fn forget_counters(services: &Services, now: DateTime<Utc>) -> Result<()> {
    let rules = &services.attempts.rules;
    let tx = services.store.begin(&Scope::nothing()).await?;
    attempt_strikes::forget(&tx, now - rules.window - rules.block).await?;
    Ok(tx.commit().await?)
}
