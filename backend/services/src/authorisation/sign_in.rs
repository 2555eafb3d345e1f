//! What a sign-in does to somebody's rights: a provider that is trusted to grant gives them; another home suspends those
//! of the former. No right to audit comes beside one that writes, or the other way round.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{
    Authorisation, Basis, Purpose, Reach, State, Status, Step, Suspension, Usual, check_beside,
};
use varsel_domain::authz::Scope;
use varsel_domain::change::Refusal;
use varsel_domain::organisation::Person;
use varsel_domain::{AuthorisationId, Role};
use varsel_storage::{Tx, authorisation as stored};

use super::{administrators, suspend, tell};
use crate::access::write_of_system;
use crate::job::{Notice, RemindOfMove, TellOfMove, enqueue, enqueue_at};
use crate::{Result, Services};

/// Which rights a provider's claims give.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grants {
    /// Those that go with an organisation: a business's own administrator says who reports for it. Units and functions
    /// need an authorisation.
    #[default]
    Organisations,
    /// All that they name.
    Claims,
    /// None: everybody needs an authorisation.
    Authorisations,
}

impl Grants {
    fn trust(self, role: &Role) -> bool {
        match self {
            Self::Organisations => matches!(role, Role::Reporter { .. }),
            Self::Claims => true,
            Self::Authorisations => false,
        }
    }
}

/// Brings what `person` holds in line with a sign-in: `former` is how they were known before it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_claims(
    services: &Services,
    tx: &Tx,
    (former, person): (Option<&Person>, &Person),
    (grants, provider): (Grants, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    stored::lock_holders(tx, [person.id]).await?;
    if let Some(former) = former {
        leave_former(services, tx, (former, person), now).await?;
    }
    if !grants.trust(&person.role) {
        return Ok(());
    }
    let held = stored::of_holder(tx, person.id).await?;
    let beside = fits(person, &held, now);
    let usual = |held: &Authorisation| {
        let functions = person.role.usual_functions();
        matches!(held.basis, Basis::Provider(_))
            && held.reach == person.role.home()
            && held.functions.iter().eq(functions.iter().collect::<BTreeSet<_>>())
    };
    // The newest counts. What an administrator withdrew or a review suspended, no sign-in gives back.
    match held.into_iter().rfind(usual) {
        // They are signed in all the same, with the rights that they have; what the provider would add waits until two who
        // administer have decided what they are to be.
        None | Some(Authorisation { state: State::Suspended(Suspension::Moved), .. }) if beside.is_err() => {
            tracing::warn!(person.id = %person.id, provider, "a provider's rights are not given: whoever audits writes nothing");
            Ok(())
        }
        None => {
            let id = give(services, tx, person, Basis::Provider(provider.to_owned()), now).await?;
            let detail = json!({ "authorisation": id, "holder": person.id, "provider": provider });
            let when = (now, "sign-in".to_owned());
            write_of_system(services, tx, when, (UseKind::AuthorisationGranted, None), detail).await
        }
        Some(held) if held.state == State::Suspended(Suspension::Moved) => {
            let reason = format!("the provider {provider} names this home again");
            let step = Step { by: None, by_name: None, at: now, reason };
            let held = held.reinstate(step);
            let Ok(held) = held else { return Ok(()) };
            stored::update(tx, &held).await?;
            let detail = json!({ "authorisation": held.id, "holder": held.holder, "provider": provider });
            let when = (now, "sign-in".to_owned());
            write_of_system(services, tx, when, (UseKind::AuthorisationReinstated, None), detail).await?;
            tell(services, tx, &held, Notice::Reinstated, now).await
        }
        Some(_) => Ok(()),
    }
}

/// Where somebody belonged and belongs.
struct Move<'a> {
    person: &'a Person,
    from: Reach,
    to: Reach,
    at: DateTime<Utc>,
}

/// Suspends what was bound to a former home, and what a provider gave for a former function, and tells of the move whoever
/// administers there, and wherever else they hold rights.
async fn leave_former(
    services: &Services,
    tx: &Tx,
    (former, person): (&Person, &Person),
    now: DateTime<Utc>,
) -> Result<()> {
    if former.role == person.role {
        return Ok(());
    }
    let moved = Move { person, from: former.role.home(), to: person.role.home(), at: now };
    let (bound, others): (Vec<_>, Vec<_>) =
        stored::of_holder(tx, person.id).await?.into_iter().partition(|held| moved.ends(held));
    suspend_bound(services, tx, &moved, bound).await?;
    if moved.from == moved.to {
        return Ok(());
    }
    let goes_on = |held: &Authorisation| {
        matches!(held.status_at(now), Status::Active | Status::Pending) && held.reach != moved.to
    };
    let elsewhere: BTreeSet<_> = others.into_iter().filter(goes_on).map(|held| held.reach).collect();
    for reach in elsewhere {
        tell_of_move(services, tx, &reach, &TellOfMove { kept: true, ..moved.told() }).await?;
    }
    Ok(())
}

impl Move<'_> {
    /// Whether the move ends a right.
    fn ends(&self, held: &Authorisation) -> bool {
        let of_provider = matches!(held.basis, Basis::Provider(_));
        held.reach == self.from && (self.from != self.to || of_provider) && held.basis != Basis::Bootstrap
    }

    /// The notice of it.
    fn told(&self) -> TellOfMove {
        TellOfMove {
            administrator: self.person.id,
            holder: self.person.id,
            at: self.at,
            weeks: 0,
            kept: false,
        }
    }
}

async fn suspend_bound(
    services: &Services,
    tx: &Tx,
    moved: &Move<'_>,
    bound: Vec<Authorisation>,
) -> Result<()> {
    let Move { person, from, to, at } = moved;
    let mut suspended = Vec::new();
    for held in bound {
        let id = held.id;
        let reason = format!("the holder belongs to {to} now, no longer to {from}");
        let step = Step { by: None, by_name: None, at: *at, reason };
        if suspend(services, tx, held, Suspension::Moved, step).await? {
            suspended.push(id);
        }
    }
    if suspended.is_empty() {
        return Ok(());
    }
    let detail = json!({ "authorisations": suspended, "holder": person.id, "from": from, "to": to });
    let when = (*at, "sign-in".to_owned());
    write_of_system(services, tx, when, (UseKind::AuthorisationSuspended, None), detail).await?;
    tell_of_move(services, tx, from, &moved.told()).await?;
    let again = RemindOfMove { holder: person.id, at: *at, weeks: 1 };
    enqueue_at(tx, &*services.ids, (*at, again.due()), &again).await
}

/// Tells those who administer in `reach`, except the one who moved.
async fn tell_of_move(services: &Services, tx: &Tx, reach: &Reach, notice: &TellOfMove) -> Result<()> {
    let now = services.clock.now();
    for administrator in administrators(services, tx, reach, now).await? {
        if administrator.id != notice.holder {
            let job = TellOfMove { administrator: administrator.id, ..notice.clone() };
            enqueue(tx, &*services.ids, now, &job).await?;
        }
    }
    Ok(())
}

/// Tells those who administer there that rights of somebody who moved still wait for them, and puts the next time down; false where
/// that was dealt with.
///
/// # Errors
/// Storage failed.
pub(crate) async fn remind_of_move(services: &Services, reminder: &RemindOfMove) -> Result<bool> {
    let RemindOfMove { holder, at, weeks } = *reminder;
    let (now, ids) = (services.clock.now(), &*services.ids);
    let tx = services.store.begin(&Scope::nothing()).await?;
    let held = stored::of_holder(&tx, holder).await?;
    let waiting = held.into_iter().filter(|held| held.waits_since(now) == Some(at));
    let reaches: BTreeSet<_> = waiting.map(|held| held.reach).collect();
    if reaches.is_empty() {
        return Ok(false);
    }
    for reach in reaches {
        let notice = TellOfMove { administrator: holder, holder, at, weeks, kept: false };
        tell_of_move(services, &tx, &reach, &notice).await?;
    }
    let next = RemindOfMove { weeks: weeks.saturating_add(1), ..*reminder };
    enqueue_at(&tx, ids, (now, next.due()), &next).await?;
    tx.commit().await?;
    Ok(true)
}

/// Gives an invented person what goes with their role. Nobody reads their mail, and they did not come just now: none is sent.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_demo(services: &Services, tx: &Tx, person: &Person, now: DateTime<Utc>) -> Result<()> {
    stored::insert(tx, &usual_right(services, person, Basis::Provider("demo".to_owned()), now)).await?;
    Ok(())
}

/// Gives the person who used a bootstrap token the right to administer everything. The caller logs it, or undoes what it
/// did where it is refused.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_bootstrap(
    services: &Services,
    tx: &Tx,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), Refusal>> {
    let named = Person { role: Role::Administrator, ..person.clone() };
    stored::lock_holders(tx, [person.id]).await?;
    if let Err(refusal) = fits(&named, &stored::of_holder(tx, person.id).await?, now) {
        return Ok(Err(refusal));
    }
    give(services, tx, &named, Basis::Bootstrap, now).await?;
    Ok(Ok(()))
}

/// Gives somebody whom the operator invited at the command line what usually goes with their role. The caller logs it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_terminal(
    services: &Services,
    tx: &Tx,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<()> {
    give(services, tx, person, Basis::Bootstrap, now).await.map(drop)
}

/// Whether what usually goes with somebody's role may come beside what they hold.
fn fits(person: &Person, held: &[Authorisation], now: DateTime<Utc>) -> std::result::Result<(), Refusal> {
    check_beside(&person.role.usual_functions().iter().copied().collect(), held, now)
}

/// Gives what usually goes with somebody's role, and has them told.
///
/// # Errors
/// Storage failed.
async fn give(
    services: &Services,
    tx: &Tx,
    person: &Person,
    basis: Basis,
    now: DateTime<Utc>,
) -> Result<AuthorisationId> {
    let granted = usual_right(services, person, basis, now);
    stored::insert(tx, &granted).await?;
    tell(services, tx, &granted, Notice::Granted, now).await?;
    Ok(granted.id)
}

/// What usually goes with somebody's role.
fn usual_right(services: &Services, person: &Person, basis: Basis, now: DateTime<Utc>) -> Authorisation {
    Authorisation {
        id: AuthorisationId(services.ids.next(now)),
        holder: person.id,
        functions: person.role.usual_functions().iter().copied().collect(),
        reach: person.role.home(),
        purpose: Purpose::Usual(match basis {
            Basis::Bootstrap => Usual::FirstDay,
            _ => Usual::of(&person.role),
        }),
        from: now,
        until: None,
        temporary: None,
        basis,
        state: State::Active,
        granted_at: now,
        step: None,
    }
}
