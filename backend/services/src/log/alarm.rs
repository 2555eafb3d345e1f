//! The alarm by mail: something is wrong with the log of use.

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::digest;
use varsel_storage::Tx;

use super::fault::Fault;
use crate::attempt::Watchers;
use crate::job::{LogAlarm, enqueue};
use crate::{Result, Services};

/// What a clock that is wrong has in place of the digest of what was found.
pub(crate) const CLOCK: &str = "clock";

/// Mails everybody who watches over access: once a day for the same faults.
///
/// # Errors
/// Storage failed.
pub(super) async fn alarm(services: &Services, faults: &[Fault], now: DateTime<Utc>) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let said: Vec<_> = faults.iter().map(|fault| fault.sentence().en).collect();
    let faults = digest::sha256(said.join("\n").as_bytes());
    let tx = services.store.begin(&Scope::nothing()).await?;
    tell(services, &tx, now, &faults).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

/// Mails the same people that the server's clock is wrong: once a day.
///
/// # Errors
/// Storage failed.
pub(super) async fn alarm_of_clock(services: &Services, tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    tell(services, tx, now, CLOCK).await
}

async fn tell(services: &Services, tx: &Tx, now: DateTime<Utc>, faults: &str) -> Result<()> {
    for person in Watchers::now(services, tx).await?.all() {
        let alarm = LogAlarm { person, at: now, faults: faults.to_owned() };
        enqueue(tx, &*services.ids, now, &alarm).await?;
    }
    Ok(())
}
