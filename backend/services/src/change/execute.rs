//! What each kind of change is about, when it may be carried out, and how. One arm a kind in each function.

use chrono::{DateTime, Utc};
use varsel_domain::ChangeId;
use varsel_domain::change::{ChangeKind, Payload, Refusal, Target};
use varsel_storage::Tx;

use crate::pack::publish::{self, Publication};
use crate::{Result, Services, provider};

/// What changes of a kind are about, and its version as the transaction sees it.
///
/// # Errors
/// Storage failed.
pub(super) async fn target(services: &Services, tx: &Tx, kind: ChangeKind) -> Result<Target> {
    match kind {
        ChangeKind::PublishPack => publish::target(services, tx).await,
        ChangeKind::TrustProvider => provider::target(tx).await,
    }
}

/// Whether it may be carried out at `now`: when it is proposed, and again when it is approved.
///
/// # Errors
/// Storage failed.
pub(super) async fn check(
    services: &Services,
    tx: &Tx,
    payload: &Payload,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    match payload {
        Payload::PublishPack { version, content_sha256, in_force_from, .. } => {
            publish::check(services, tx, (version, content_sha256), *in_force_from, now).await
        }
        Payload::TrustProvider { name, .. } => provider::check(services, tx, name, payload).await,
    }
}

/// Carries it out, in the transaction of its approval.
///
/// # Errors
/// Storage failed: then it is not approved either.
pub(super) async fn carry_out(
    services: &Services,
    tx: &Tx,
    (change, payload): (ChangeId, &Payload),
    now: DateTime<Utc>,
) -> Result<()> {
    match payload.clone() {
        Payload::PublishPack { version, in_force_from, reassess_running, .. } => {
            let publication = Publication { version, in_force_from, reassess_running };
            publish::publish(services, tx, change, &publication, now).await
        }
        Payload::TrustProvider { name, .. } => provider::trust(services, tx, change, &name, now).await,
    }
}

/// Makes it known in this process, once it is committed; the others look for themselves.
pub(super) async fn carried_out(services: &Services, kind: ChangeKind, now: DateTime<Utc>) {
    match kind {
        ChangeKind::PublishPack => {
            if let Err(error) = services.packs.refresh(&services.store, now).await {
                tracing::warn!(cause = ?error, "the schedule of the rules cannot be read now; trying again later");
            }
        }
        // Every sign-in looks for itself.
        ChangeKind::TrustProvider => {}
    }
}
