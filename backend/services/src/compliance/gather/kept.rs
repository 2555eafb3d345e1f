//! Whether the entries of the log of use that are kept are those that two have decided to keep.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::change::{ChangeKind, ChangeStatus, Flaw, Payload};
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::use_hold::{self, KeptUses};
use varsel_storage::{Tx, change_proposal};

use super::changes::Decisions;
use crate::Result;

/// What is kept without the decision of two, and what two decided to keep and is not.
///
/// # Errors
/// Storage failed.
pub(super) async fn effects(
    tx: &Tx,
    now: DateTime<Utc>,
    found: &mut Vec<(ChangeKind, String, Flaw)>,
) -> Result<()> {
    let kept = use_hold::standing(tx, None, now).await?;
    let decisions = Decisions::read(tx, kept.iter().map(|it| it.change).collect()).await?;
    for it in &kept {
        let flaw = decisions.flaw(it.change, &|payload| keeps(payload, it));
        found.extend(flaw.map(|flaw| (ChangeKind::KeepUses, it.change.to_string(), flaw)));
    }
    for change in decided(tx, now).await? {
        if kept.iter().all(|it| it.change != change) {
            found.push((ChangeKind::KeepUses, change.to_string(), Flaw::Gone));
        }
    }
    Ok(())
}

fn keeps(payload: &Payload, kept: &KeptUses) -> bool {
    matches!(payload, Payload::KeepUses { person, from, to, until, .. }
        if (*person, *from, *to, *until) == (kept.person, kept.from, kept.to, kept.until))
}

/// The changes by which something ought to be kept at `now`: their time is not up, and none since has let go.
async fn decided(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<ChangeId>> {
    let (mut keeping, mut released) = (Vec::new(), BTreeMap::<PersonId, DateTime<Utc>>::new());
    let ever = (DateTime::<Utc>::UNIX_EPOCH, now + TimeDelta::microseconds(1));
    for change in change_proposal::between(tx, ever.0, ever.1).await? {
        let (ChangeStatus::Executed, Some(decision)) = (change.status, &change.decision) else { continue };
        match change.read_payload() {
            Some(Payload::KeepUses { person, until, .. }) if until > now => {
                keeping.push((change.id, person, decision.at));
            }
            Some(Payload::ReleaseUses { person, .. }) => {
                let last = released.entry(person).or_insert(decision.at);
                *last = decision.at.max(*last);
            }
            _ => {}
        }
    }
    let stands =
        |(_, person, at): &(_, PersonId, DateTime<Utc>)| released.get(person).is_none_or(|end| end < at);
    Ok(keeping.into_iter().filter(stands).map(|(id, ..)| id).collect())
}
