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
    let mut found = Vec::new();
    for change in change_proposal::between(tx, since, now + TimeDelta::microseconds(1)).await? {
        let of_keys = matches!(change.kind, ChangeKind::RenewKeys | ChangeKind::ReplaceRootKey);
        let lately = change.decision.as_ref().is_some_and(|decision| decision.at >= since);
        if of_keys && lately && !done.contains(&change.id) && is_sound(tx, &change).await? {
            found.push(change);
        }
    }
    Ok(found)
}

async fn is_sound(tx: &Tx, change: &Change) -> Result<bool> {
    let decider = match change.decision.as_ref().and_then(|decision| decision.by) {
        Some(by) => person::find(tx, by).await?,
        None => None,
    };
    Ok(change.flaw(decider.map(|person| person.natural()).as_ref(), None).is_none())
}
