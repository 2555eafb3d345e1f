//! Reading critical changes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Reach, Rights};
use varsel_domain::authz::{Action, Reaches, Scope};
use varsel_domain::change::{Author, Change, Parties};
use varsel_domain::organisation::{Party, Person};
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::change_proposal::{self, ListKey, Visible};
use varsel_storage::{Tx, person};

use super::{ChangeView, present};
use crate::access::AccessLog;
use crate::authorisation::organisations;
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Request, Result, Services};

/// The critical changes of what the actor administers, newest first.
///
/// # Errors
/// The actor administers nothing (not found), a cursor or page size that cannot be taken, storage failed.
pub async fn list(services: &Services, request: &Request, page: PageRequest) -> Result<Page<ChangeView>> {
    let visible = match Reaches::of(request.actor()?, Action::ReadChanges) {
        Reaches::All => Visible::AllBut(request.actor()?.person),
        Reaches::These(reaches) if reaches.is_empty() => {
            return Err(request.deny("list of changes"));
        }
        Reaches::These(reaches) => Visible::Reaches(reaches),
    };
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under_all(Action::ReadChanges);
    listed(log, services, request, &visible, page).await
}

/// The changes that one proposed oneself, and those about one's own rights, newest first.
///
/// # Errors
/// Nobody is signed in, a cursor or page size that cannot be taken, storage failed.
pub async fn own(services: &Services, request: &Request, page: PageRequest) -> Result<Page<ChangeView>> {
    let visible = Visible::Of(request.actor()?.person);
    let log = AccessLog::new(services, request, services.clock.now())?;
    listed(log, services, request, &visible, page).await
}

async fn listed(
    mut log: AccessLog<'_>,
    services: &Services,
    request: &Request,
    visible: &Visible,
    page: PageRequest,
) -> Result<Page<ChangeView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let wanted = Wanted::parse(&page)?;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let after = wanted.after.map(|(proposed_at, id)| ListKey { proposed_at, id });
    let changes = change_proposal::list(&tx, visible, after, wanted.limit()).await?;
    let total = change_proposal::count(&tx, visible).await?;
    let views = views(services, &tx, actor.person, changes, now).await?;
    let rows = views.into_iter().map(|view| ((view.change.proposed_at, view.change.id), view));
    let page = wanted.page(rows.collect(), total)?;
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, view)| view.change.id).collect();
    log.add_list(UseKind::ChangeRead, json!({ "changes": shown }), total);
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(page)
}

/// One change; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn find(services: &Services, request: &Request, id: ChangeId) -> Result<Option<ChangeView>> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let Some(change) = change_proposal::find(&tx, id).await? else {
        request.nothing("change");
        return Ok(None);
    };
    let Some(found) = views(services, &tx, actor.person, vec![change], now).await?.pop() else {
        request.deny("change");
        return Ok(None);
    };
    let mut log = AccessLog::new(services, request, now)?;
    let (change, own) = (&found.change, actor.person);
    if change.proposer.account != own && change.subject().holder() != Some(own) {
        log.under(
            Action::ReadChanges,
            change.subject().resource(change.proposer.account, Author::AnotherPerson),
        );
    }
    log.add(UseKind::ChangeRead, None, json!({ "changes": [id] }));
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(Some(found))
}

/// Those that `viewer` may know of, as they see them. The caller logs what it shows of them, in `tx`.
async fn views(
    services: &Services,
    tx: &Tx,
    viewer: PersonId,
    changes: Vec<Change>,
    now: DateTime<Utc>,
) -> Result<Vec<ChangeView>> {
    let viewer = present(services, tx, viewer).await?;
    let proposers = changes.iter().map(|change| change.proposer.account);
    let concerned = changes.iter().filter_map(|change| change.subject().person());
    let ids: Vec<_> = proposers.chain(concerned).collect();
    // To see a change, who they are is enough: what they may do counts when it is approved.
    let known = |person: Person| (person.id, Party { person, rights: Rights::default() });
    let known: HashMap<PersonId, Party> = person::find_many(tx, &ids).await?.into_iter().map(known).collect();
    let reached = |change: &Change| match change.subject().reach() {
        Reach::Organisation(id) => Some(*id),
        _ => None,
    };
    let organisations = organisations(tx, changes.iter().filter_map(reached)).await?;
    let view = |change: Change| {
        let person = change.subject().person().and_then(|person| known.get(&person));
        let parties = Parties {
            proposer: known.get(&change.proposer.account),
            person: person.map(|person| &person.person),
        };
        let organisation = reached(&change).and_then(|id| organisations.get(&id).cloned());
        change
            .may_read(&viewer, parties)
            .then(|| ChangeView::new(change, &viewer, (parties, organisation), now))
    };
    Ok(changes.into_iter().filter_map(view).collect())
}
