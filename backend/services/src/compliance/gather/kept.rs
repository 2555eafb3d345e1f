//! Whether the entries of the log of use that are kept are those that two have decided to keep.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::PersonId;
use varsel_domain::access::UseKind;
use varsel_domain::change::{Change, ChangeKind, ChangeStatus, Flaw, Payload};
use varsel_domain::retention::uses_kept;
use varsel_storage::access_log::{self, Sought};
use varsel_storage::{Tx, change_proposal, use_hold};

use super::changes::Decisions;
use crate::Result;
use crate::retention::keeps;

type Found = Vec<(ChangeKind, String, Flaw)>;

/// What is kept without the decision of two; what two decided to keep and is not; and what the person whom it concerns put an end to.
///
/// # Errors
/// Storage failed.
pub(super) async fn effects(tx: &Tx, now: DateTime<Utc>, found: &mut Found) -> Result<()> {
    let ever = (DateTime::<Utc>::UNIX_EPOCH, now + TimeDelta::microseconds(1));
    let mut changes = change_proposal::between(tx, ever.0, ever.1).await?;
    changes.retain(|it| matches!(it.kind, ChangeKind::KeepUses | ChangeKind::ReleaseUses));
    let decisions = Decisions::of(tx, changes.clone()).await?;
    let kept = use_hold::standing(tx, None, now).await?;
    for it in &kept {
        let change = changes.iter().find(|change| change.id == it.change);
        let other = || change.is_some_and(|change| !keeps(change, it)).then_some(Flaw::OtherContent);
        tell(found, &it.change, decisions.flaw(it.change, &|_| true).or_else(other));
    }
    let released = released(&changes, &decisions);
    for change in changes.iter().filter(|it| it.kind == ChangeKind::KeepUses) {
        let stands = kept.iter().any(|it| it.change == change.id);
        let flaw = match change.status {
            ChangeStatus::Executed => decisions
                .flaw(change.id, &|_| true)
                .or_else(|| (!stands && ought_to_stand(change, &released, now)).then_some(Flaw::Gone)),
            ChangeStatus::Withdrawn if decisions.was_ended_by_whom_it_concerns(change) => {
                Some(Flaw::OwnRight)
            }
            _ => None,
        };
        tell(found, &change.id, flaw);
    }
    for id in approved(tx, now).await? {
        let stands = |it: &Change| it.id.to_string() == id && it.status == ChangeStatus::Executed;
        if !changes.iter().any(stands) {
            tell(found, &id, Some(Flaw::Gone));
        }
    }
    Ok(())
}

fn tell(found: &mut Found, id: &dyn ToString, flaw: Option<Flaw>) {
    found.extend(flaw.map(|flaw| (ChangeKind::KeepUses, id.to_string(), flaw)));
}

/// When two let go of what was kept of a person's acts, the last time.
fn released(changes: &[Change], decisions: &Decisions) -> BTreeMap<PersonId, DateTime<Utc>> {
    let mut released = BTreeMap::new();
    for change in changes {
        let (Some(Payload::ReleaseUses { person, .. }), Some(decision)) =
            (change.read_payload(), &change.decision)
        else {
            continue;
        };
        if decisions.flaw(change.id, &|_| true).is_none() {
            let last = released.entry(person).or_insert(decision.at);
            *last = decision.at.max(*last);
        }
    }
    released
}

/// Whether its time is not up, and nobody has let go since.
fn ought_to_stand(change: &Change, released: &BTreeMap<PersonId, DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    let (Some(Payload::KeepUses { person, until, .. }), Some(decision)) =
        (change.read_payload(), &change.decision)
    else {
        return false;
    };
    until > now && released.get(&person).is_none_or(|end| *end < decision.at)
}

/// The changes that were approved, as far as the log of use goes back: whatever the table says of them.
async fn approved(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<String>> {
    let sought = Sought {
        use_kind: Some(UseKind::ChangeApproved),
        from: Some(uses_kept().before(now)),
        ..Sought::default()
    };
    let logged = access_log::list(tx, &sought, None, u64::from(u32::MAX)).await?;
    let changes = logged.iter().filter_map(|(_, logged)| {
        let said = |name: &str| logged.entry.detail.get(name)?.as_str();
        said("kind").filter(|kind| *kind == "keep_uses").and_then(|_| said("change"))
    });
    Ok(changes.map(str::to_owned).collect())
}
