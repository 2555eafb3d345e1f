//! The alarm by mail: something is wrong with the log of use.

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::digest;

use super::fault::Fault;
use crate::attempt::Watchers;
use crate::job::{LogAlarm, enqueue};
use crate::{Result, Services};

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
    for person in Watchers::now(services, &tx).await?.all() {
        let alarm = LogAlarm { person, at: now, faults: faults.clone() };
        enqueue(&tx, &*services.ids, now, &alarm).await?;
    }
    tx.commit().await?;
    services.live.ring();
    Ok(())
}
