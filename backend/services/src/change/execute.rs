//! What each kind of change is about, when it may be carried out, and how. One arm a kind in each function.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::ChangeId;
use varsel_domain::change::{ChangeKind, Payload, Refusal, Target};
use varsel_storage::Tx;

use crate::{Result, Services};

/// Every server must know of a version before it is in force.
const NOTICE: TimeDelta = TimeDelta::minutes(5);

/// What changes of a kind are about, and its version as the transaction sees it.
///
/// # Errors
/// Storage failed.
#[expect(clippy::unused_async, reason = "versions of packs are to come from the transaction")]
pub(super) async fn target(services: &Services, _tx: &Tx, kind: ChangeKind) -> Result<Target> {
    match kind {
        ChangeKind::PublishPack => Ok(Target {
            name: format!("pack/{}", services.pack.id()),
            version: services.pack.version().to_owned(),
        }),
    }
}

/// Whether it may be carried out at `now`: when it is proposed, and again when it is approved.
///
/// # Errors
/// Storage failed.
#[expect(clippy::unused_async, reason = "received packs are to come from the transaction")]
pub(super) async fn check(
    services: &Services,
    _tx: &Tx,
    payload: &Payload,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    match payload {
        Payload::PublishPack { version, .. } if version == services.pack.version() => {
            Ok(Err(Refusal::AlreadyInForce))
        }
        Payload::PublishPack { in_force_from, .. } if *in_force_from < now + NOTICE => {
            Ok(Err(Refusal::TooSoon))
        }
        Payload::PublishPack { .. } => Ok(Ok(())),
    }
}

/// Carries it out, in the transaction of its approval.
///
/// # Errors
/// Storage failed: then it is not approved either.
#[expect(clippy::unused_async, reason = "publication writes into the transaction")]
pub(super) async fn carry_out(
    _services: &Services,
    _tx: &Tx,
    (_change, payload): (ChangeId, &Payload),
    _now: DateTime<Utc>,
) -> Result<()> {
    match payload {
        // Joined with the publication of packs when it comes from its own room.
        Payload::PublishPack { .. } => Ok(()),
    }
}
