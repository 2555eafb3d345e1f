//! Reading incidents.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::shown::Parts;
use varsel_domain::{Actor, IncidentId};
use varsel_storage::incident::{self, ListKey};
use varsel_storage::{Tx, dossier};

use crate::access::AccessLog;
use crate::page::Wanted;
use crate::view::{IncidentView, Page, PageRequest};
use crate::{Request, Result, Services, projection};

/// An incident as the actor may see it; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed (then nothing is shown, because nothing could be logged).
pub async fn open(services: &Services, request: &Request, id: IncidentId) -> Result<Option<IncidentView>> {
    Ok(show(services, request, &[id], UseKind::Opened).await?.pop())
}

/// Several incidents at once, as [`open`] would answer each, logged as rows of a list: for lists and live views.
///
/// Those that the actor may not know of are left out; the others come in the order of `ids`.
///
/// # Errors
/// As [`open`].
pub async fn open_many(
    services: &Services,
    request: &Request,
    ids: &[IncidentId],
) -> Result<Vec<IncidentView>> {
    show(services, request, ids, UseKind::Listed).await
}

/// The incidents of the actor's own organisation, newest first.
///
/// # Errors
/// As [`open`]; a cursor or page size that cannot be taken; an actor who does not report for an organisation.
pub async fn list_own(
    services: &Services,
    request: &Request,
    page: PageRequest,
) -> Result<Page<IncidentView>> {
    let actor = request.actor()?;
    let own = actor.organisation().map(|organisation| Resource::Incident { organisation, units: &[] });
    let own = own.filter(|own| permits(actor, Action::ReadIncident, *own)).and(actor.organisation());
    let Some(organisation) = own else {
        return Err(request.forbid("list the incidents of one's own organisation"));
    };
    let wanted = Wanted::parse(&page)?;
    let (now, scope) = (services.clock.now(), Scope::of_organisation(actor, organisation));
    let tx = services.store.begin_reading(&scope).await?;
    let after = wanted.after.map(|(received_at, id)| ListKey { received_at, id });
    let listed = incident::list(&tx, &scope, after, wanted.limit()).await?;
    let total = incident::count(&tx, &scope).await?;
    let ids: Vec<_> = listed.iter().map(|incident| incident.id).collect();
    let views = read(services, (actor, &request.shown), &tx, &ids, now).await?;
    let page =
        wanted.page(views.into_iter().map(|view| ((view.received_at, view.id), view)).collect(), total)?;
    let mut log = AccessLog::new(services, request, now)?;
    if !request.rows {
        log.add_list(UseKind::Listed, json!({ "shown": 0 }), total);
    }
    for (_, view) in request.shown_of(&page) {
        log.add_shown(UseKind::Listed, view);
    }
    log.write_after(tx).await?;
    Ok(page)
}

/// As [`open`], but for the use: no page and no API comes here.
#[cfg(feature = "testing")]
pub(crate) async fn read_only(
    services: &Services,
    actor: &Actor,
    id: IncidentId,
) -> Result<Option<IncidentView>> {
    let tx = services.store.begin_reading(&Scope::of(actor)).await?;
    let mut views = read(services, (actor, &Parts::all()), &tx, &[id], services.clock.now()).await?;
    tx.commit().await?;
    Ok(views.pop())
}

async fn show(
    services: &Services,
    request: &Request,
    ids: &[IncidentId],
    use_kind: UseKind,
) -> Result<Vec<IncidentView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_reading(&Scope::of(actor)).await?;
    let views = read(services, (actor, &request.shown), &tx, ids, now).await?;
    // What a list or a live view names was not asked for by its id.
    if use_kind == UseKind::Opened {
        for id in ids.iter().filter(|id| views.iter().all(|view| view.id != **id)) {
            request.deny_if(incident::is_there(&tx, &Scope::of(actor), *id).await?, "incident");
        }
    }
    let mut log = AccessLog::new(services, request, now)?;
    for view in &views {
        log.add_shown(use_kind, view);
    }
    log.write_after(tx).await?;
    Ok(views)
}

/// Scope, rows, `permits`, projection. The caller logs what it shows of them, in `tx`.
async fn read(
    services: &Services,
    (actor, shown): (&Actor, &Parts),
    tx: &Tx,
    ids: &[IncidentId],
    now: DateTime<Utc>,
) -> Result<Vec<IncidentView>> {
    let dossiers = dossier::find_many(tx, &Scope::of(actor), ids).await?;
    let mut views = Vec::new();
    for dossier in dossiers {
        views.extend(projection::incident(services, tx, (actor, shown), dossier, now).await?);
    }
    Ok(views)
}
