//! A way in is closed: a task for somebody, and an alarm for all who watch over access.

use chrono::{DateTime, Utc};
use varsel_domain::attempt::{Block, Cause, Subject, candidate};
use varsel_domain::organisation::Person;
use varsel_domain::{BlockId, PersonId, Role};
use varsel_storage::{Tx, attempt_block, person};

use crate::job::{AttemptsAlarm, enqueue_at};
use crate::{Result, Services};

/// Opens the task of a block, or adds to the one that is open; its counter is locked.
pub(super) async fn begin(
    services: &Services,
    tx: &Tx,
    (subject, cause): (Subject, Cause),
    until: DateTime<Utc>,
) -> Result<()> {
    let now = services.clock.now();
    let watchers = person::watchers(tx).await?;
    if let Some(open) = attempt_block::open_of(tx, &subject).await? {
        let again = Block { cause, last_at: now, until, times: open.times.saturating_add(1), ..open };
        attempt_block::update(tx, &again).await?;
    } else {
        let owner = candidate(&followers(&watchers), &attempt_block::owners_of_open(tx).await?);
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
    for watcher in watchers {
        let alarm = AttemptsAlarm::of_block(watcher.id, now);
        enqueue_at(tx, &*services.ids, (now, alarm.due(now)), &alarm).await?;
    }
    Ok(())
}

/// Security officers follow blocks up; administrators only where there are none.
fn followers(watchers: &[Person]) -> Vec<PersonId> {
    let of =
        |role: &Role| watchers.iter().filter(|person| person.role == *role).map(|person| person.id).collect();
    let officers: Vec<_> = of(&Role::SecurityOfficer);
    if officers.is_empty() { of(&Role::Administrator) } else { officers }
}
