//! The log's checkpoint by mail, once a day, to mailboxes that are out of reach of whoever runs the server: what left cannot be
//! taken back, so a log that is rewritten later no longer agrees with it.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use varsel_domain::authz::Scope;
use varsel_storage::log_tree;

use super::{Context, Failure, Job, Outcome, enqueue};
use crate::log;
use crate::mail::{self, Addressee};
use crate::settings::now_in_force;

const DAY: TimeDelta = TimeDelta::days(1);
/// In UTC: six or seven in the morning in Denmark.
const HOUR: TimeDelta = TimeDelta::hours(5);

/// Mails the newest checkpoint to everybody who is to have it, and puts the next day down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailCheckpoint {
    /// When it falls due: at five in the morning, in UTC.
    pub(crate) at: DateTime<Utc>,
}

impl MailCheckpoint {
    /// The next after `now`.
    pub(crate) fn after(now: DateTime<Utc>) -> Self {
        let today = now.duration_trunc(DAY).unwrap_or(now) + HOUR;
        Self { at: if today > now { today } else { today + DAY } }
    }
}

impl Job for MailCheckpoint {
    const KIND: &'static str = "mail_checkpoint";

    fn unique_key(&self) -> String {
        format!("{}/{}", Self::KIND, self.at.timestamp())
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        log::schedule(context.services).await?;
        let addresses = now_in_force(context.services).await?.use_log.checkpoint_mailboxes;
        if addresses.is_empty() {
            return Ok(Outcome::Nothing("the settings name no mailbox"));
        }
        log::seal_waiting(context.services).await?;
        let tx = context.services.store.begin(&Scope::nothing()).await?;
        let Some(newest) = log_tree::newest(&tx).await? else {
            return Ok(Outcome::Nothing("nothing is logged"));
        };
        for address in &addresses {
            let mailed = CheckpointMailed { at: self.at, size: newest.size, address: address.clone() };
            enqueue(&tx, &*context.services.ids, context.now, &mailed).await?;
        }
        tx.commit().await?;
        context.services.live.ring();
        Ok(Outcome::Done)
    }
}

/// Mails a checkpoint to one mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckpointMailed {
    /// The day's.
    pub(crate) at: DateTime<Utc>,
    /// How many entries the log had.
    pub(crate) size: u64,
    /// The mailbox, of the settings.
    pub(crate) address: String,
}

impl Job for CheckpointMailed {
    const KIND: &'static str = "checkpoint_mailed";

    fn unique_key(&self) -> String {
        format!("{}/{}/{}/mail", Self::KIND, self.at.timestamp(), self.address)
    }

    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure> {
        let tx = context.services.store.begin_reading(&Scope::nothing()).await?;
        let made = log_tree::of_size(&tx, self.size).await?;
        tx.commit().await?;
        let Some(made) = made else { return Ok(Outcome::Nothing("no such checkpoint")) };
        let to = Addressee::mailbox(&self.address);
        context.mailer.send(context.id, &to, &mail::Checkpoint::new(&made), context.now).await?;
        Ok(Outcome::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_mailed_once_a_day_at_five() {
        let after = |now: &str| MailCheckpoint::after(now.parse().unwrap()).at.to_rfc3339();
        assert_eq!(after("2026-11-25T04:59:59Z"), "2026-11-25T05:00:00+00:00");
        assert_eq!(after("2026-11-25T05:00:00Z"), "2026-11-26T05:00:00+00:00");
        assert_eq!(after("2026-12-31T23:00:00Z"), "2027-01-01T05:00:00+00:00");
    }
}
