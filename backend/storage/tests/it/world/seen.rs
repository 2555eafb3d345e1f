//! What is seen of a world, held against what `permits` says of each row.

use std::cmp::Reverse;
use std::fmt::Debug;

use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::case::Case;
use varsel_domain::incident::Incident;
use varsel_domain::{Actor, IncidentId, UnitId};
use varsel_storage::incident::{self, ListKey};
use varsel_storage::queue::{self, Criteria};
use varsel_storage::{Tx, case, change_feed, dossier, guidance, revision};

use super::made::{Reported, UNITS, World, organisation_name};
use crate::builder::{minute, revision_of};

type Seen<T> = Result<T, String>;

#[expect(clippy::needless_pass_by_value, reason = "what was seen is made for this and nothing else")]
fn same<T: PartialEq + Debug>(what: &str, seen: T, permitted: T) -> Seen<()> {
    if seen == permitted { Ok(()) } else { Err(format!("{what}: seen {seen:?}, permitted {permitted:?}")) }
}

fn may_read(viewer: &Actor, incident: &Incident, units: &[UnitId]) -> bool {
    permits(viewer, Action::ReadIncident, Resource::Incident { organisation: incident.organisation, units })
}

/// How many rows were seen, if they are those that are permitted.
pub(super) async fn exactly_what_is_permitted(tx: &Tx, world: &World, scope: &Scope) -> Seen<u32> {
    let (viewer, stored) = (world.viewer(), world.stored());
    let permitted: Vec<&Incident> = stored
        .iter()
        .filter(|(incident, cases)| {
            let units: Vec<_> = cases.iter().map(|case| case.unit.clone()).collect();
            may_read(&viewer, incident, &units)
        })
        .map(|(incident, _)| incident)
        .collect();
    lists(tx, world, scope, &permitted).await?;
    for (incident, cases) in &stored {
        one(tx, scope, incident, cases, permitted.contains(&incident)).await?;
    }
    let mut rows = u32::try_from(permitted.len()).unwrap_or_default();
    for unit in UNITS {
        rows += queue_of(tx, world, scope, &unit.into()).await?;
    }
    Ok(rows)
}

/// Lists and the count of incidents.
async fn lists(tx: &Tx, world: &World, scope: &Scope, permitted: &[&Incident]) -> Seen<()> {
    let mut newest_first = permitted.to_vec();
    newest_first.sort_by_key(|it| Reverse((it.received_at, it.id)));
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = incident::list(tx, scope, after, world.page).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(ListKey { received_at: last.received_at, id: last.id });
        listed.extend(page.iter().map(|it| it.id));
    }
    same("the list", listed, newest_first.iter().map(|it| it.id).collect())?;
    let count = incident::count(tx, scope).await.unwrap();
    same("the count", usize::try_from(count).unwrap(), permitted.len())?;

    let ids: Vec<IncidentId> = permitted.iter().map(|it| it.id).collect();
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = incident::page(tx, scope, after, world.page).await.unwrap();
        after = page.last().copied();
        paged.extend(page);
        if after.is_none() || paged.last() != after.as_ref() || paged.len() >= ids.len() + 5 {
            break;
        }
    }
    same("the pages by id", paged, ids.clone())?;
    let all: Vec<IncidentId> = world.stored().iter().map(|(it, _)| it.id).collect();
    let whole = dossier::find_many(tx, scope, &all).await.unwrap();
    same("the dossiers", whole.iter().map(|it| it.incident.id).collect(), ids.clone())?;
    let assessed = dossier::assessed(tx, scope, &all).await.unwrap();
    let mut assessed: Vec<_> = assessed.into_iter().map(|(revision, _)| revision.incident).collect();
    assessed.sort();
    same("what is assessed", assessed, ids)
}

/// One incident, and what follows it.
async fn one(tx: &Tx, scope: &Scope, it: &Incident, cases: &[Case], permitted: bool) -> Seen<()> {
    let id = it.id;
    let found = incident::find(tx, scope, id).await.unwrap();
    same("an incident", found.is_some(), permitted)?;
    let found = incident::find_by_number(tx, scope, &it.number).await.unwrap();
    same("an incident by number", found.is_some(), permitted)?;
    let found = incident::lock(tx, scope, id).await.unwrap();
    same("an incident to lock", found.is_some(), permitted)?;
    let found = revision::find(tx, scope, revision_of(id)).await.unwrap();
    same("a revision", found.is_some(), permitted)?;
    let found = revision::newest(tx, scope, id).await.unwrap();
    same("the newest revision", found.is_some(), permitted)?;
    let found = revision::history(tx, scope, id).await.unwrap();
    same("the revisions", found.len(), usize::from(permitted))?;
    let found = guidance::of_incident(tx, scope, id).await.unwrap();
    same("the guidance", found.len(), usize::from(permitted))?;
    let found = case::of_incident(tx, scope, id).await.unwrap();
    same("the cases of an incident", found.len(), if permitted { cases.len() } else { 0 })
}

/// The queue of a unit: its cases one by one, its list, its count, and what it is told of.
async fn queue_of(tx: &Tx, world: &World, scope: &Scope, unit: &UnitId) -> Seen<u32> {
    let viewer = world.viewer();
    let mut permitted = Vec::new();
    for ((incident, cases), reported) in world.stored().into_iter().zip(&world.incidents) {
        let of_unit = cases.into_iter().zip(&reported.cases).find(|(case, _)| case.unit == *unit);
        let Some((case, (.., due))) = of_unit else { continue };
        let allowed = may_read(&viewer, &incident, std::slice::from_ref(unit));
        let found = case::find(tx, scope, case.id).await.unwrap();
        same("a case", found.is_some(), allowed)?;
        let found = queue::find(tx, scope, case.id).await.unwrap();
        same("a row of the queue", found.is_some(), allowed)?;
        if allowed && asked_for(world, reported, &case, *due, &incident.number) {
            let place = (due.is_none(), *due, Reverse(reported.level()), incident.received_at, case.id);
            permitted.push(place);
        }
    }
    permitted.sort();
    let criteria = Criteria {
        status: world.status.clone(),
        due_before: world.due_before.map(minute),
        min_severity: world.min_severity,
        text: world.text.map(str::to_lowercase),
    };
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = queue::list(tx, (scope, unit), &criteria, after, world.page).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.key);
        listed.extend(page.iter().map(|row| row.case.id));
    }
    same("the queue", listed, permitted.iter().map(|(.., id)| *id).collect())?;
    let count = queue::count(tx, scope, unit, &criteria).await.unwrap();
    same("the count of the queue", usize::try_from(count).unwrap(), permitted.len())?;
    told(tx, world, unit).await?;
    Ok(u32::try_from(permitted.len()).unwrap_or_default())
}

/// A live view reads its unit's changes, and only those who read the queue have one.
async fn told(tx: &Tx, world: &World, unit: &UnitId) -> Seen<()> {
    if !permits(&world.viewer(), Action::ReadQueue, Resource::Queue(unit)) {
        return Ok(());
    }
    let stored = world.stored();
    let cases = stored.iter().flat_map(|(_, cases)| cases).filter(|case| case.unit == *unit);
    let told = change_feed::after(tx, unit, 0, 1_000).await.unwrap();
    same(
        "the changes",
        told.iter().map(|it| it.case).collect(),
        cases.map(|case| case.id).collect::<Vec<_>>(),
    )
}

fn asked_for(world: &World, reported: &Reported, case: &Case, due: Option<i64>, number: &str) -> bool {
    let name = organisation_name(reported.organisation).to_lowercase();
    let found = |text: &str| name.contains(&text.to_lowercase()) || number.contains(&text.to_lowercase());
    (world.status.is_empty() || world.status.contains(&case.status))
        && world.due_before.is_none_or(|before| due.is_some_and(|due| due < before))
        && world.min_severity.is_none_or(|least| reported.level() >= least)
        && world.text.is_none_or(found)
}
