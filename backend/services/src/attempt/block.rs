//! A way in is closed: a task for somebody, an alarm for all who watch over access, and a notice for whoever was tried.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use varsel_domain::attempt::{Block, Cause, Subject, candidate};
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::{BlockId, PersonId};
use varsel_storage::{Tx, attempt_block};

use crate::authorisation::holders;
use crate::job::{AccountTried, AttemptsAlarm, enqueue, enqueue_at};
use crate::{Result, Services};

/// Opens the task of a block, or adds to the one that is open; its counter is locked.
pub(super) async fn begin(
    services: &Services,
    tx: &Tx,
    (subject, cause): (Subject, Cause),
    until: DateTime<Utc>,
) -> Result<()> {
    let now = services.clock.now();
    let watchers = Watchers::now(services, tx).await?;
    if !subject.is_client() {
        let tried = AccountTried { subject: subject.to_string(), day: now.date_naive() };
        enqueue(tx, &*services.ids, now, &tried).await?;
    }
    if let Some(open) = attempt_block::open_of(tx, &subject).await? {
        let again = Block { cause, last_at: now, until, times: open.times.saturating_add(1), ..open };
        attempt_block::update(tx, &again).await?;
    } else {
        let owner = candidate(watchers.followers(), &attempt_block::owners_of_open(tx).await?);
        let block = Block {
            id: BlockId(services.ids.next(now)),
            subject,
            cause,
            began_at: now,
            last_at: now,
            until,
            times: 1,
            owner,
            lifted_at: None,
            lifted_by: None,
            closing: None,
        };
        attempt_block::insert(tx, &block).await?;
    }
    for watcher in watchers.all() {
        let alarm = AttemptsAlarm::of_block(watcher, now);
        enqueue_at(tx, &*services.ids, (now, alarm.due(now)), &alarm).await?;
    }
    Ok(())
}

/// Who watches over access, for the whole platform.
pub(crate) struct Watchers {
    auditors: Vec<PersonId>,
    administrators: Vec<PersonId>,
}

impl Watchers {
    /// Those who may audit or administer nationally now.
    ///
    /// # Errors
    /// Storage failed.
    pub(crate) async fn now(services: &Services, tx: &Tx) -> Result<Self> {
        let now = services.clock.now();
        let of = async |function| {
            let parties = holders(services, tx, (function, &Reach::National), now).await?;
            Ok::<_, crate::Error>(parties.into_iter().map(|party| party.person.id).collect::<Vec<_>>())
        };
        Ok(Self { auditors: of(Function::Audit).await?, administrators: of(Function::Administer).await? })
    }

    /// Whoever audits follows blocks up; whoever administers only where there is nobody else.
    fn followers(&self) -> &[PersonId] {
        if self.auditors.is_empty() { &self.administrators } else { &self.auditors }
    }

    /// Each once.
    pub(crate) fn all(&self) -> BTreeSet<PersonId> {
        self.auditors.iter().chain(&self.administrators).copied().collect()
    }
}
