//! What a sign-in does to somebody's rights: a provider that is trusted to grant gives them; another home suspends those
//! of the former.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authorisation::{Authorisation, Basis, Purpose, State, Step, Suspension, Usual};
use varsel_domain::organisation::Person;
use varsel_domain::{AuthorisationId, Role};
use varsel_storage::{Tx, authorisation as stored};

use super::{administrators, suspend, tell};
use crate::access::write_of_system;
use crate::job::{Notice, TellOfMove, enqueue};
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
    let held = stored::of_holder(tx, person.id).await?;
    if let Some(former) = former {
        suspend_former(services, tx, (former, person), held.clone(), now).await?;
    }
    if !grants.trust(&person.role) {
        return Ok(());
    }
    let usual = |held: &Authorisation| {
        let functions = person.role.usual_functions();
        matches!(held.basis, Basis::Provider(_))
            && held.reach == person.role.home()
            && held.functions.iter().eq(functions.iter().collect::<std::collections::BTreeSet<_>>())
    };
    // The newest counts. What an administrator withdrew or a review suspended, no sign-in gives back.
    match held.into_iter().rfind(usual) {
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

/// Suspends what was bound to a former home, and what a provider gave for a former function.
async fn suspend_former(
    services: &Services,
    tx: &Tx,
    (former, person): (&Person, &Person),
    held: Vec<Authorisation>,
    now: DateTime<Utc>,
) -> Result<()> {
    if former.role == person.role {
        return Ok(());
    }
    let (from, to) = (former.role.home(), person.role.home());
    let bound = |held: &Authorisation| {
        let of_provider = matches!(held.basis, Basis::Provider(_));
        held.reach == from && (from != to || of_provider) && held.basis != Basis::Bootstrap
    };
    let mut suspended = Vec::new();
    for held in held.into_iter().filter(bound) {
        let id = held.id;
        let reason = format!("the holder belongs to {to} now, no longer to {from}");
        let step = Step { by: None, by_name: None, at: now, reason };
        if suspend(services, tx, held, Suspension::Moved, step).await? {
            suspended.push(id);
        }
    }
    if suspended.is_empty() {
        return Ok(());
    }
    let detail = json!({ "authorisations": suspended, "holder": person.id, "from": from, "to": to });
    let when = (now, "sign-in".to_owned());
    write_of_system(services, tx, when, (UseKind::AuthorisationSuspended, None), detail).await?;
    for administrator in administrators(services, tx, &from, now).await? {
        if administrator.id != person.id {
            let job = TellOfMove { administrator: administrator.id, holder: person.id, at: now };
            enqueue(tx, &*services.ids, now, &job).await?;
        }
    }
    Ok(())
}

/// Gives an invented person what goes with their role.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_demo(services: &Services, tx: &Tx, person: &Person, now: DateTime<Utc>) -> Result<()> {
    give(services, tx, person, Basis::Provider("demo".to_owned()), now).await.map(drop)
}

/// Gives the person who used a bootstrap token the right to administer everything. The caller logs it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn by_bootstrap(
    services: &Services,
    tx: &Tx,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<()> {
    let named = Person { role: Role::Administrator, ..person.clone() };
    stored::lock_holders(tx, [person.id]).await?;
    give(services, tx, &named, Basis::Bootstrap, now).await.map(drop)
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

/// Gives what usually goes with somebody's role.
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
    let granted = Authorisation {
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
    };
    stored::insert(tx, &granted).await?;
    Ok(granted.id)
}
