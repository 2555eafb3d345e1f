//! Reading critical changes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Action;
use varsel_domain::authz::Scope;
use varsel_domain::change::Change;
use varsel_domain::organisation::Person;
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::change_proposal::{self, ListKey};
use varsel_storage::{Tx, person};

use super::{ChangeView, administrator, present};
use crate::access::AccessLog;
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Error, Request, Result, Services};

/// The critical changes, newest first.
///
/// # Errors
/// The actor does not maintain the rules (not found), a cursor or page size that cannot be taken, storage failed.
pub async fn list(services: &Services, request: &Request, page: PageRequest) -> Result<Page<ChangeView>> {
    let (actor, now) =
        (administrator(request, Action::ReadChanges, "list of changes")?, services.clock.now());
    let wanted = Wanted::parse(&page)?;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let after = wanted.after.map(|(proposed_at, id)| ListKey { proposed_at, id });
    let changes = change_proposal::list(&tx, after, wanted.limit()).await?;
    let total = change_proposal::count(&tx).await?;
    let views = views(&tx, actor.person, changes, now).await?;
    let rows = views.into_iter().map(|view| ((view.change.proposed_at, view.change.id), view));
    let page = wanted.page(rows.collect(), total)?;
    let shown: Vec<_> = page.rows.iter().map(|(_, view)| view.change.id).collect();
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::ChangeRead, None, json!({ "changes": shown }));
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(page)
}

/// One change; none when it does not exist or the actor may not know that it does.
///
/// # Errors
/// Nobody is signed in, or storage failed.
pub async fn find(services: &Services, request: &Request, id: ChangeId) -> Result<Option<ChangeView>> {
    let now = services.clock.now();
    let actor = match administrator(request, Action::ReadChanges, "change") {
        Err(Error::NotFound { .. }) => return Ok(None),
        actor => actor?,
    };
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let Some(change) = change_proposal::find(&tx, id).await? else { return Ok(None) };
    let found = views(&tx, actor.person, vec![change], now).await?.pop();
    let mut log = AccessLog::new(services, request, now)?;
    log.add(UseKind::ChangeRead, None, json!({ "changes": [id] }));
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(found)
}

/// As `viewer` sees them. The caller logs what it shows of them, in `tx`.
async fn views(
    tx: &Tx,
    viewer: PersonId,
    changes: Vec<Change>,
    now: DateTime<Utc>,
) -> Result<Vec<ChangeView>> {
    let viewer = present(tx, viewer).await?;
    let ids: Vec<_> = changes.iter().map(|change| change.proposer.account).collect();
    let proposers: HashMap<PersonId, Person> =
        person::find_many(tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let view = |change: Change| {
        let proposer = proposers.get(&change.proposer.account);
        ChangeView::new(change, &viewer, proposer, now)
    };
    Ok(changes.into_iter().map(view).collect())
}
