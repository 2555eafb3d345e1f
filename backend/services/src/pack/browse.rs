//! The versions as people browse them: everybody those that are law, were or will be; drafts; and whoever maintains
//! the rules the others, too.

use std::collections::HashMap;
use std::sync::Arc;

use varsel_domain::ChangeId;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::change::{Change, ChangeStatus, Payload};
use varsel_domain::pack::{PackStatus, PackVersion, statuses};
use varsel_domain::rules::Pack;
use varsel_storage::{Tx, change_proposal, pack_version};

use crate::{Request, Result, Services};

/// Proposals that are looked through for the newest of each version.
const PROPOSALS: u64 = 500;

/// A version, for one viewer.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// The version.
    pub version: PackVersion,
    /// Where it stands.
    pub status: PackStatus,
    /// What it holds.
    pub pack: Arc<Pack>,
    /// The newest change that publishes it; only for whoever maintains the rules.
    pub change: Option<ChangeId>,
}

/// Every version that the viewer may know of, the one received last first. One that is damaged is left out.
///
/// # Errors
/// Storage failed.
pub async fn list(services: &Services, request: &Request) -> Result<Vec<VersionView>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let mut views = Vec::new();
    for (version, status, change) in known(services, request, &tx).await? {
        if let Some(pack) = services.packs.find(&tx, &version.version).await? {
            views.push(VersionView { version, status, pack, change });
        }
    }
    tx.commit().await?;
    Ok(views)
}

/// One of them; none when there is none, or the viewer may not know that there is.
///
/// # Errors
/// Storage failed.
pub async fn find(services: &Services, request: &Request, version: &str) -> Result<Option<VersionView>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let mut known = known(services, request, &tx).await?;
    known.retain(|(it, ..)| it.version == version);
    let Some((version, status, change)) = known.pop() else { return Ok(None) };
    let pack = services.packs.find(&tx, &version.version).await?;
    tx.commit().await?;
    Ok(pack.map(|pack| VersionView { version, status, pack, change }))
}

type Known = (PackVersion, PackStatus, Option<ChangeId>);

async fn known(services: &Services, request: &Request, tx: &Tx) -> Result<Vec<Known>> {
    let now = services.clock.now();
    let maintains =
        request.actor.as_ref().is_some_and(|it| permits(it, Action::MaintainPacks, Resource::Packs));
    let versions = pack_version::list(tx).await?;
    let changes = change_proposal::list(tx, None, PROPOSALS).await?;
    let proposals = proposals(&changes);
    let is_open = |version: &str| {
        let newest = proposals.get(version);
        newest.is_some_and(|change| change.status_at(now) == ChangeStatus::Open)
    };
    let statuses = statuses(&versions, is_open, now);
    let known = versions.into_iter().zip(statuses).filter(|(_, status)| maintains || status.is_public());
    let with_change = known.map(|(version, status)| {
        let newest = proposals.get(&version.version).map(|change| change.id);
        let change = newest.or(version.change).filter(|_| maintains);
        (version, status, change)
    });
    Ok(with_change.collect())
}

/// The newest change that publishes each version.
fn proposals(newest_first: &[Change]) -> HashMap<String, &Change> {
    let mut proposals = HashMap::new();
    for change in newest_first {
        if let Some(Payload::PublishPack { version, .. }) = change.read_payload() {
            proposals.entry(version).or_insert(change);
        }
    }
    proposals
}
