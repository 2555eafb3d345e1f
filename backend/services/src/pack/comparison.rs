//! What a version would do to the stored incidents: how many come out otherwise, never which.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::IncidentId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::incident::{FactsRevision, Filing};
use varsel_domain::rules::{NamedFacts, Pack, diff_case, diff_items};
use varsel_storage::{dossier, incident};

use super::browse;
use super::words::{Difference, Times, Wording};
use crate::access::AccessLog;
use crate::{Error, Request, Result, Services};

/// Incidents that are read at once: each batch is a transaction of its own, so that reports get in between.
const BATCH: u64 = 250;

/// What a version would change, against the one in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The version in force.
    pub against: String,
    /// What differs in the rules.
    pub items: Vec<Difference>,
    /// How many incidents were assessed under both.
    pub incidents: u64,
    /// How many of them come out otherwise.
    pub changed: u64,
    /// What becomes of them, the most frequent first, each with how many incidents it concerns.
    pub effects: Vec<(Difference, u64)>,
}

/// Compares a version with the one in force over the stored incidents; none for the one in force, and for whoever does
/// not maintain the rules. No fact and no incident is in the answer.
///
/// # Errors
/// Storage failed.
pub async fn compare(
    services: &Services,
    request: &Request,
    version: &str,
) -> Result<Option<Arc<Comparison>>> {
    let maintains =
        request.actor.as_ref().is_some_and(|it| permits(it, Action::MaintainPacks, Resource::Packs));
    let now = services.clock.now();
    let old = services.packs.in_force(now);
    if !maintains || old.version() == version {
        return Ok(None);
    }
    let Some(new) = browse::find(services, request, version).await?.map(|view| view.pack) else {
        return Ok(None);
    };
    let tx = services.store.begin(&Scope::system()).await?;
    let stored = incident::count(&tx, &Scope::system()).await?;
    let mut log = AccessLog::new(services, request, now)?;
    let detail = json!({ "pack": new.version(), "against": old.version(), "incidents": stored });
    log.under(Action::MaintainPacks, Resource::Packs);
    log.add(UseKind::Compared, None, detail);
    log.write(&tx).await?;
    tx.commit().await?;
    let key = (new.version().to_owned(), old.version().to_owned(), stored);
    if let Some(known) = services.packs.comparison(&key) {
        return Ok(Some(known));
    }
    let found = Arc::new(over_all(services, (&old, &new), now).await?);
    services.packs.keep_comparison(key, Arc::clone(&found));
    Ok(Some(found))
}

async fn over_all(
    services: &Services,
    (old, new): (&Arc<Pack>, &Arc<Pack>),
    now: DateTime<Utc>,
) -> Result<Comparison> {
    let mut counted = Counted::default();
    let mut after: Option<IncidentId> = None;
    loop {
        let tx = services.store.begin_snapshot(&Scope::system()).await?;
        let ids = incident::page(&tx, &Scope::system(), after, BATCH).await?;
        let batch = dossier::assessed(&tx, &Scope::system(), &ids).await?;
        tx.commit().await?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        let (old, new) = (Arc::clone(old), Arc::clone(new));
        // The engine works on a thread of its own meanwhile.
        let part = tokio::task::spawn_blocking(move || count(&old, &new, batch, now));
        counted.add(part.await.map_err(|error| Error::Internal(error.to_string()))?);
    }
    let wording = Wording { old, new, times: Times::Relative };
    let items = diff_items(old, new).iter().map(|item| wording.of_item(item)).collect();
    let mut effects: Vec<_> = counted.effects.into_iter().collect();
    effects.sort_by(|(one, count), (other, other_count)| (other_count, one).cmp(&(count, other)));
    let Counted { incidents, changed, .. } = counted;
    Ok(Comparison { against: old.version().to_owned(), items, incidents, changed, effects })
}

#[derive(Default)]
struct Counted {
    incidents: u64,
    changed: u64,
    effects: BTreeMap<Difference, u64>,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.incidents = self.incidents.saturating_add(other.incidents);
        self.changed = self.changed.saturating_add(other.changed);
        for (difference, count) in other.effects {
            let known = self.effects.entry(difference).or_default();
            *known = known.saturating_add(count);
        }
    }
}

fn count(old: &Pack, new: &Pack, batch: Vec<(FactsRevision, Vec<Filing>)>, now: DateTime<Utc>) -> Counted {
    let wording = Wording { old, new, times: Times::Relative };
    let mut counted = Counted::default();
    for (revision, filings) in batch {
        let filings = filings.into_iter().flat_map(|filing| filing.discharged).collect();
        let case = NamedFacts { name: String::new(), facts: revision.facts, filings, now };
        let mut one = Counted { incidents: 1, ..Counted::default() };
        if let Some(change) = diff_case(old, new, &case) {
            one.changed = 1;
            one.effects = wording.of_case(&change).into_iter().map(|difference| (difference, 1)).collect();
        }
        counted.add(one);
    }
    counted
}
