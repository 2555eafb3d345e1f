//! What each kind of change is about, when it may be carried out, and how. One arm a kind in each function.

use chrono::{DateTime, Utc};
use varsel_domain::ChangeId;
use varsel_domain::authorisation::Grant;
use varsel_domain::change::{ChangeKind, Payload, Refusal, Target};
use varsel_storage::Tx;

use crate::pack::publish::{self, Publication};
use crate::retention::Keep;
use crate::{Result, Services, authorisation, keys, provider, retention, settings};

/// What a change is about, and its version as the transaction sees it.
///
/// # Errors
/// Storage failed.
pub(super) async fn target(services: &Services, tx: &Tx, payload: &Payload) -> Result<Target> {
    match payload {
        Payload::PublishPack { .. } => publish::target(services, tx).await,
        Payload::TrustProvider { .. } => provider::target(tx).await,
        Payload::GrantAuthorisation(Grant { holder, .. })
        | Payload::ReinstateAuthorisation { holder, .. } => authorisation::target(tx, *holder).await,
        Payload::PlaceHold { incident, .. } | Payload::LiftHold { incident, .. } => {
            retention::target(services, tx, *incident).await
        }
        Payload::KeepUses { person, .. } => Ok(retention::keeping_target(*person)),
        Payload::ReleaseUses { person, .. } => retention::releasing_target(services, tx, *person).await,
        Payload::AdoptSettings { .. } => settings::target(tx).await,
        Payload::EraseAtOnce { organisation, .. } => Ok(retention::erasure_target(*organisation)),
        Payload::RenewKeys { organisation, .. } => Ok(keys::renewal_target(*organisation)),
        Payload::ReplaceRootKey { root, .. } => keys::replacement_target(services, root).await,
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
        Payload::GrantAuthorisation(grant) => authorisation::check_grant(services, tx, grant, now).await,
        Payload::ReinstateAuthorisation { authorisation, holder, functions, reach, .. } => {
            let as_it_was = (*holder, functions, reach);
            authorisation::check_reinstatement(tx, *authorisation, as_it_was, now).await
        }
        Payload::PlaceHold { incident, number, until } => {
            retention::check_place(tx, (*incident, number), *until, now).await
        }
        Payload::LiftHold { incident, .. } => retention::check_lift(tx, *incident, now).await,
        Payload::KeepUses { from, to, until, .. } => Ok(retention::check_keeping((*from, *to), *until, now)),
        Payload::ReleaseUses { person, .. } => retention::check_releasing(tx, *person, now).await,
        Payload::AdoptSettings { area, settings } => settings::check(services, tx, (*area, settings)).await,
        // Whose they are was looked up when it was proposed; that there are none is no reason against it.
        Payload::EraseAtOnce { .. } | Payload::RenewKeys { .. } => Ok(Ok(())),
        Payload::ReplaceRootKey { retired, .. } => Ok(keys::check_replacement(retired)),
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
        Payload::GrantAuthorisation(grant) => {
            authorisation::carry_out_grant(services, tx, change, grant, now).await
        }
        Payload::ReinstateAuthorisation { authorisation, .. } => {
            authorisation::carry_out_reinstatement(services, tx, (change, authorisation), now).await
        }
        Payload::PlaceHold { incident, until, .. } => {
            retention::place(tx, change, incident, until, now).await
        }
        Payload::LiftHold { incident, .. } => retention::lift(tx, change, incident, now).await,
        Payload::KeepUses { person, from, to, until, .. } => {
            retention::keep(tx, change, Keep { person, from, to, until }, now).await
        }
        Payload::ReleaseUses { person, .. } => retention::release(tx, change, person, now).await,
        Payload::AdoptSettings { area, settings } => {
            settings::carry_out(tx, change, (area, settings), now).await
        }
        Payload::EraseAtOnce { .. } => retention::begin_erasure(services, tx, change, now).await,
        Payload::RenewKeys { .. } | Payload::ReplaceRootKey { .. } => {
            keys::begin(services, tx, change, now).await
        }
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
        // Every sign-in looks for itself, and whoever acts is read anew with each request.
        ChangeKind::TrustProvider
        | ChangeKind::GrantAuthorisation
        | ChangeKind::ReinstateAuthorisation
        // The next erasure reads what is kept.
        | ChangeKind::PlaceHold
        | ChangeKind::LiftHold
        | ChangeKind::KeepUses
        | ChangeKind::ReleaseUses
        // They are read anew whenever something goes by them.
        | ChangeKind::AdoptSettings
        // The job begins as soon as it is committed.
        | ChangeKind::EraseAtOnce
        | ChangeKind::RenewKeys
        | ChangeKind::ReplaceRootKey => {}
    }
}
