//! The queue of a unit.

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::case::CaseStatus;
use varsel_domain::feed::ChangeKind;
use varsel_domain::obligation::next_for;
use varsel_domain::rules::Text;
use varsel_domain::{Actor, CaseId, UnitId};
use varsel_storage::queue::{self, Criteria, QueueKey, QueueRow};
use varsel_storage::{Tx, case, change_feed};

use chrono::{DateTime, Utc};

use crate::access::AccessLog;
use crate::authorisation::party;
use crate::page::Wanted;
use crate::view::{CaseChange, CaseFilter, CaseView, Page, PageRequest};
use crate::{Error, Request, Result, Services, session};

/// The longest text to search for, in characters.
const LONGEST_TEXT: usize = 200;

/// How many changes are answered at once.
const CHANGES: u64 = 100;

/// The cases of a unit, most urgent first: next due, then severity, then age.
///
/// # Errors
/// The actor does not work for the unit (not found), a cursor or page size that cannot be taken, storage failed.
pub async fn list(
    services: &Services,
    request: &Request,
    unit: &UnitId,
    filter: CaseFilter,
    page: PageRequest,
) -> Result<Page<CaseView>> {
    let actor = reader_of(request, unit)?;
    let wanted = Wanted::parse(&page)?;
    let (now, scope) = (services.clock.now(), Scope::of(actor));
    let criteria = criteria(&filter, now)?;
    let tx = services.store.begin_reading(&scope).await?;
    let after = wanted.after.map(|(next_due_at, severity, received_at, id)| QueueKey {
        next_due_at,
        severity,
        received_at,
        id,
    });
    let rows = queue::list(&tx, (&scope, unit), &criteria, after, wanted.limit()).await?;
    let total = queue::count(&tx, &scope, unit, &criteria).await?;
    let mut views = Vec::new();
    for row in rows {
        let QueueKey { next_due_at, severity, received_at, id } = row.key;
        views.push(((next_due_at, severity, received_at, id), view(services, &tx, row, now).await?));
    }
    let page = wanted.page(views, total)?;

    let mut log = AccessLog::new(services, request, now)?;
    let searched = json!({
        "queue": unit, "status": criteria.status, "late": filter.late, "min_severity": filter.min_severity,
        "text": criteria.text, "shown": request.shown_of(&page).len(),
    });
    log.under(Action::ReadQueue, Resource::Queue(unit));
    log.add_list(UseKind::Listed, searched, total);
    for (_, row) in request.shown_of(&page) {
        log.add(UseKind::Listed, Some(row.case.incident), json!({ "queue": unit, "case": row.case.id }));
    }
    log.write_after(tx).await?;
    Ok(page)
}

/// One case; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn open(services: &Services, request: &Request, id: CaseId) -> Result<Option<CaseView>> {
    read(services, request, id, UseKind::Opened, json!({ "case": id })).await
}

/// The case of a change, to be pushed to a live view; none when the actor may not (or no longer) see it.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn push(services: &Services, request: &Request, change: &CaseChange) -> Result<Option<CaseView>> {
    let detail = json!({ "case": change.case, "sequence": change.sequence });
    read(services, request, change.case, UseKind::Pushed, detail).await
}

/// The case, if it may be seen; that it was is logged in the same transaction.
async fn read(
    services: &Services,
    request: &Request,
    id: CaseId,
    use_kind: UseKind,
    detail: serde_json::Value,
) -> Result<Option<CaseView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_snapshot(&Scope::of(actor)).await?;
    let Some(row) = queue::find(&tx, &Scope::of(actor), id).await? else {
        // What a live view shows was not asked for by its id.
        if use_kind == UseKind::Opened {
            let there = case::is_there(&tx, &Scope::of(actor), id).await?;
            request.deny_if(there, "case");
        }
        return Ok(None);
    };
    let units = [row.case.unit.clone()];
    let resource = Resource::Incident { organisation: row.incident.organisation, units: &units };
    if request.require(Action::ReadIncident, resource, "case").is_err() {
        return Ok(None);
    }
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadIncident, resource);
    log.add(use_kind, Some(row.incident.id), detail);
    log.write(&tx).await?;
    let view = view(services, &tx, row, now).await?;
    tx.commit().await?;
    Ok(Some(view))
}

/// Changes of the unit's cases after `sequence`, oldest first, at most 100: that there are some, and nothing of what is in
/// them, so nothing is logged before [`push`]. The right is checked anew each time.
///
/// # Errors
/// The actor does not (or no longer) work for the unit, or storage failed.
pub async fn changes_after(
    services: &Services,
    request: &Request,
    unit: &UnitId,
    sequence: i64,
) -> Result<Vec<CaseChange>> {
    let actor = reader_of(request, unit)?;
    let tx = services.store.begin_reading(&Scope::of(actor)).await?;
    still_acts(services, &tx, actor).await?;
    let changes = change_feed::after(&tx, unit, sequence, CHANGES).await?;
    tx.commit().await?;
    let change = |it: varsel_domain::feed::Change| CaseChange {
        sequence: it.sequence,
        opened: it.kind == ChangeKind::CaseOpened,
        case: it.case,
    };
    Ok(changes.into_iter().map(change).collect())
}

/// The newest position of the change feed: where a live view starts.
///
/// # Errors
/// As [`changes_after`].
pub async fn newest_change(services: &Services, request: &Request, unit: &UnitId) -> Result<i64> {
    let actor = reader_of(request, unit)?;
    let tx = services.store.begin_reading(&Scope::of(actor)).await?;
    still_acts(services, &tx, actor).await?;
    let newest = change_feed::newest(&tx, unit).await?;
    tx.commit().await?;
    Ok(newest)
}

/// The actor, who works for the unit; to everybody else the queue does not exist.
fn reader_of<'a>(request: &'a Request, unit: &UnitId) -> Result<&'a Actor> {
    request.require(Action::ReadQueue, Resource::Queue(unit), "queue")
}

/// A live view may last for hours: somebody who left the unit or lost the right meanwhile sees nothing more.
async fn still_acts(services: &Services, tx: &Tx, actor: &Actor) -> Result<()> {
    let party = party(services, tx, actor.person, services.clock.now()).await?;
    let acts = party.is_some_and(|party| session::still_acts(&party.actor(), actor).is_ok());
    acts.then_some(()).ok_or(Error::NotFound { kind: "queue" })
}

fn criteria(filter: &CaseFilter, now: DateTime<Utc>) -> Result<Criteria> {
    let text = filter.text.as_deref().map(normalised).filter(|text| !text.is_empty());
    let unsearchable = |text: &String| text.chars().count() > LONGEST_TEXT || text.contains(char::is_control);
    if text.as_ref().is_some_and(unsearchable) {
        let da = format!("Søg efter højst {LONGEST_TEXT} tegn, uden styretegn.");
        let en = format!("Search for at most {LONGEST_TEXT} characters, none of them control characters.");
        return Err(Error::Invalid { field: "filter.text", message: Text { da, en } });
    }
    let mut status = filter.status.clone();
    status.sort_by_key(|status| match status {
        CaseStatus::New => 0,
        CaseStatus::InProgress => 1,
        CaseStatus::Closed => 2,
    });
    status.dedup();
    let due_before = filter.late.then_some(now);
    Ok(Criteria { status, due_before, min_severity: filter.min_severity, text })
}

/// What a search looks for and the access log keeps: small letters, single spaces.
fn normalised(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

async fn view(services: &Services, tx: &Tx, row: QueueRow, now: DateTime<Utc>) -> Result<CaseView> {
    Ok(CaseView {
        pack: services.packs.of(tx, &row.incident.pack_version, now).await?,
        next_due: next_for(&row.duties, &row.case.unit, row.case.part).map(|duty| duty.at(now)),
        severity: row.incident.effective_severity(),
        number: row.incident.number,
        received_at: row.incident.received_at,
        organisation: row.organisation,
        case: row.case,
    })
}
