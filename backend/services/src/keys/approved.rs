//! Replacements that two have approved and that are not done yet.

use std::collections::HashSet;

use chrono::TimeDelta;
use varsel_domain::ChangeId;
use varsel_domain::change::{Change, ChangeKind, LIFETIME};
use varsel_storage::{Tx, change_proposal, person};

use super::replacements;
use crate::{Result, Services};

/// Those approvals of the last 14 days that nobody has carried out, oldest first. One whose approval does not rest on two is none;
/// an older one has lapsed, as a proposal does.
///
/// # Errors
/// Storage failed.
pub(super) async fn outstanding(services: &Services, tx: &Tx) -> Result<Vec<Change>> {
    let now = services.clock.now();
    let since = now - LIFETIME;
    let done: HashSet<ChangeId> =
        replacements(tx, since, None).await?.into_iter().filter_map(|it| it.change).collect();
    let (mut found, mut newest_root) = (Vec::new(), None);
    for change in change_proposal::between(tx, since, now + TimeDelta::microseconds(1)).await? {
        let of_keys = matches!(change.kind, ChangeKind::RenewKeys | ChangeKind::ReplaceRootKey);
        if change.kind == ChangeKind::ReplaceRootKey && done.contains(&change.id) {
            newest_root = newest_root.max(change.decision.as_ref().map(|decision| decision.at));
        }
        let lately = change.decision.as_ref().is_some_and(|decision| decision.at >= since);
        if of_keys && lately && !done.contains(&change.id) && is_sound(tx, &change).await? {
            found.push(change);
        }
    }
    // Of root keys, the one that was approved last is meant.
    let approved = |change: &Change| change.decision.as_ref().map(|decision| decision.at);
    let last = found.iter().filter(|it| it.kind == ChangeKind::ReplaceRootKey).filter_map(approved).max();
    let last = last.max(newest_root);
    found.retain(|it| it.kind != ChangeKind::ReplaceRootKey || approved(it) >= last);
    Ok(found)
}

/// Whether it rests on the decision of two people, and is what they decided: nothing is destroyed because of a row alone.
///
/// # Errors
/// Storage failed.
pub(crate) async fn is_sound(tx: &Tx, change: &Change) -> Result<bool> {
    let decider = match change.decision.as_ref().and_then(|decision| decision.by) {
        Some(by) => person::find(tx, by).await?,
        None => None,
    };
    Ok(change.flaw(decider.map(|person| person.natural()).as_ref(), None).is_none())
}
