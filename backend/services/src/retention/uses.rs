//! A special need: two administrators keep the entries of the log of use that tell what a person did in a period, beyond their deadline
//! (EO 528 § 19(2)); or let go.

use chrono::{DateTime, Utc};
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{Change, ChangeKind, ChangeStatus, Payload, Refusal, Target};
use varsel_domain::organisation::Person;
use varsel_domain::retention::may_keep_until;
use varsel_domain::{ChangeId, PersonId};
use varsel_storage::use_hold::{self, KeptUses};
use varsel_storage::{Tx, change_proposal, person};

use crate::change::{self, Outcome};
use crate::{Request, Result, Services};

/// Of which uses, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Whose acts.
    pub person: PersonId,
    /// From when on, in UTC.
    pub from: DateTime<Utc>,
    /// Before when.
    pub to: DateTime<Utc>,
    /// Until when they are kept.
    pub until: DateTime<Utc>,
}

/// Proposes that what the log tells of a person's acts in a period is kept, for `reason`.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_keeping(
    services: &Services,
    request: &Request,
    keep: Keep,
    reason: &str,
) -> Result<Outcome> {
    let Some(name) = name(services, request, keep.person).await? else {
        return unknown(services, request, ChangeKind::KeepUses).await;
    };
    let Keep { person, from, to, until } = keep;
    change::propose(services, request, &Payload::KeepUses { person, name, from, to, until }, reason).await
}

/// Proposes that nothing keeps what the log tells of a person's acts any longer, for `reason`.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose_releasing(
    services: &Services,
    request: &Request,
    person: PersonId,
    reason: &str,
) -> Result<Outcome> {
    match name(services, request, person).await? {
        Some(name) => {
            change::propose(services, request, &Payload::ReleaseUses { person, name }, reason).await
        }
        None => unknown(services, request, ChangeKind::ReleaseUses).await,
    }
}

/// The person's name: asked only for those who may propose.
async fn name(services: &Services, request: &Request, id: PersonId) -> Result<Option<String>> {
    request.require(Action::ProposeChange, Resource::Changes, "change")?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let found = person::find(&tx, id).await?;
    tx.commit().await?;
    Ok(found.map(|person| person.name))
}

/// The refusal, which is logged as every other of a critical change.
async fn unknown(services: &Services, request: &Request, kind: ChangeKind) -> Result<Outcome> {
    change::refuse(services, request, kind, Refusal::UnknownPerson).await?;
    Ok(Err(Refusal::UnknownPerson))
}

/// What the log tells of a person's acts: as much more of it as one likes can be kept.
pub(crate) fn keeping_target(person: PersonId) -> Target {
    Target { name: format!("uses/{person}"), version: "any".to_owned() }
}

/// The same, and the last change that keeps some of it: whoever lets go lets go of all that they saw.
///
/// # Errors
/// Storage failed.
pub(crate) async fn releasing_target(services: &Services, tx: &Tx, person: PersonId) -> Result<Target> {
    let standing = use_hold::standing(tx, Some(person), services.clock.now()).await?;
    let version = standing.last().map_or_else(|| "free".to_owned(), |kept| kept.change.to_string());
    Ok(Target { name: format!("uses/{person}"), version })
}

/// Whether it may be kept so long.
pub(crate) fn check_keeping(
    times: (DateTime<Utc>, DateTime<Utc>),
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    if may_keep_until(times, until, now) { Ok(()) } else { Err(Refusal::KeepEnd) }
}

/// Whether there is anything to let go of.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check_releasing(
    tx: &Tx,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let standing = use_hold::standing(tx, Some(person), now).await?;
    Ok(if standing.is_empty() { Err(Refusal::NotKept) } else { Ok(()) })
}

/// Keeps it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn keep(tx: &Tx, change: ChangeId, keep: Keep, now: DateTime<Utc>) -> Result<()> {
    let Keep { person, from, to, until } = keep;
    Ok(use_hold::place(tx, &KeptUses { change, person, from, to, placed_at: now, until }).await?)
}

/// Lets go of all that is kept.
///
/// # Errors
/// Storage failed.
pub(crate) async fn release(tx: &Tx, change: ChangeId, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    Ok(use_hold::release(tx, person, change, now).await?)
}

/// Entries of the log of use that are kept beyond their deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whose acts they tell of.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// From when on, in UTC.
    pub from: DateTime<Utc>,
    /// Before when, in UTC.
    pub to: DateTime<Utc>,
    /// Since when they are kept, in UTC.
    pub since: DateTime<Utc>,
    /// Until when, in UTC.
    pub until: DateTime<Utc>,
    /// The critical change that keeps them.
    pub change: ChangeId,
    /// Why.
    pub reason: String,
    /// Who proposed it, as they were called then; nobody where there is no such change.
    pub proposed_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// What is kept at `now`, oldest first. What two have not decided has nobody's name beside it.
///
/// # Errors
/// Storage failed.
pub(super) async fn kept(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<Kept>> {
    let mut found = Vec::new();
    for kept in use_hold::standing(tx, None, now).await? {
        let change = change_proposal::find(tx, kept.change).await?;
        let change = change.filter(|it| it.status == ChangeStatus::Executed && keeps(it, &kept));
        let person = person::find(tx, kept.person).await?;
        found.push(Kept {
            person: kept.person,
            name: person.map_or_else(|| kept.person.to_string(), |person| person.name),
            from: kept.from,
            to: kept.to,
            since: kept.placed_at,
            until: kept.until,
            change: kept.change,
            reason: change.as_ref().map(|it| it.reason.clone()).unwrap_or_default(),
            proposed_by: change.as_ref().map(|it| it.proposer.name.clone()),
            approved_by: change.and_then(|it| it.decision?.by_name),
        });
    }
    Ok(found)
}

/// Whether this is what a change keeps.
pub(crate) fn keeps(change: &Change, kept: &KeptUses) -> bool {
    let read = change.read_payload();
    matches!(read, Some(Payload::KeepUses { person, from, to, until, .. })
        if (person, from, to, until) == (kept.person, kept.from, kept.to, kept.until))
}

/// Without what is kept of the viewer's own acts, by whatever account.
///
/// # Errors
/// Storage failed.
pub(super) async fn not_of(tx: &Tx, viewer: PersonId, mut kept: Vec<Kept>) -> Result<Vec<Kept>> {
    let ids: Vec<_> = kept.iter().map(|it| it.person).chain([viewer]).collect();
    let people = person::find_many(tx, &ids).await?;
    let viewer = people.iter().find(|it| it.id == viewer).map(Person::natural);
    let own = |id| {
        let person = people.iter().find(|it| it.id == id).map(Person::natural);
        viewer.as_ref().zip(person).is_none_or(|(viewer, person)| viewer.may_be(&person))
    };
    kept.retain(|it| !own(it.person));
    Ok(kept)
}
