//! Publication: what a critical change to the rules is about, when it may be carried out, and how.

use chrono::{DateTime, Utc};
use varsel_domain::ChangeId;
use varsel_domain::authz::Scope;
use varsel_domain::change::{Payload, Refusal, Target};
use varsel_domain::pack::{NOTICE, newest_published};
use varsel_storage::{Tx, pack_version};

use crate::change::{self, Outcome};
use crate::job::{ReassessRunning, enqueue_at};
use crate::{Error, Request, Result, Services};

/// What is to be published, as somebody who maintains the rules writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// A version that was received.
    pub version: String,
    /// From when it is in force.
    pub in_force_from: DateTime<Utc>,
    /// Whether running incidents are re-assessed then.
    pub reassess_running: bool,
}

/// Proposes to publish a version: another has to approve it.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose(
    services: &Services,
    request: &Request,
    publication: Publication,
    reason: &str,
) -> Result<Outcome> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let stored = pack_version::find(&tx, &publication.version).await?;
    tx.commit().await?;
    let Publication { version, in_force_from, reassess_running } = publication;
    // A version that is not there is refused by the same check as everything else, and logged.
    let content_sha256 = stored.map(|stored| stored.content_sha256).unwrap_or_default();
    let payload = Payload::PublishPack { version, content_sha256, in_force_from, reassess_running };
    change::propose(services, request, &payload, reason).await
}

/// What publications follow: the one published last. Nobody else publishes until the transaction ends.
///
/// # Errors
/// Storage failed.
pub(crate) async fn target(services: &Services, tx: &Tx) -> Result<Target> {
    let versions = pack_version::lock(tx).await?;
    let newest = newest_published(&versions);
    Ok(Target {
        name: format!("pack/{}", services.packs.in_force(services.clock.now()).id()),
        version: newest.map(|it| it.version.clone()).unwrap_or_default(),
    })
}

/// Whether a publication may be carried out at `now`: its version is there with these files, is law, can be read, was
/// not published before, and comes into force after every other and late enough for every server to know.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check(
    services: &Services,
    tx: &Tx,
    (version, content_sha256): (&str, &str),
    in_force_from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let versions = pack_version::list(tx).await?;
    let Some(stored) = versions.iter().find(|it| it.version == version) else {
        return Ok(Err(Refusal::UnknownVersion));
    };
    let follows = newest_published(&versions).and_then(|it| it.in_force_from);
    if stored.draft {
        Ok(Err(Refusal::Draft))
    } else if stored.in_force_from.is_some() {
        Ok(Err(Refusal::AlreadyInForce))
    } else if stored.content_sha256 != content_sha256 || services.packs.find(tx, version).await?.is_none() {
        Ok(Err(Refusal::PayloadDiffers))
    } else if in_force_from < now + NOTICE || follows.is_some_and(|other| in_force_from <= other) {
        Ok(Err(Refusal::TooSoon))
    } else {
        Ok(Ok(()))
    }
}

/// Sets from when a version is in force, and what happens then. [`check`] was asked in the same transaction.
///
/// # Errors
/// Storage failed.
pub(crate) async fn publish(
    services: &Services,
    tx: &Tx,
    change: ChangeId,
    publication: &Publication,
    now: DateTime<Utc>,
) -> Result<()> {
    let Publication { version, in_force_from, reassess_running } = publication;
    if !pack_version::publish(tx, version, *in_force_from, Some(change)).await? {
        return Err(Error::Internal(format!("{version} was checked, and cannot be published")));
    }
    if *reassess_running {
        let job = ReassessRunning { pack_version: version.clone(), after: None };
        enqueue_at(tx, &*services.ids, (now, *in_force_from), &job).await?;
    }
    Ok(())
}
