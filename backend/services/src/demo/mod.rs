//! Demo data: invented people and organisations, loaded only by `serve --demo`.

mod roster;
mod sample;

use varsel_domain::authz::Scope;
use varsel_domain::organisation::{Identity, Organisation, Person};
use varsel_domain::rules::Text;
use varsel_domain::{OrganisationId, PersonId, Role, RoleKind, UnitId};
use varsel_storage::{Tx, organisation, person};

use crate::{Error, Result, Services};
use roster::{Employer, Entry};

#[cfg(feature = "testing")]
pub(crate) use sample::file_as_far_as_known;
pub use sample::{Sample, samples};

/// One person of the demo.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Person.
    pub id: PersonId,
    /// Short name for `--as` and the sign-in page, e.g. `reporter-energy`.
    pub handle: String,
    /// Name.
    pub name: String,
    /// `reporter`, `officer`, `coordinator`, `security_officer`, `administrator`.
    pub role: &'static str,
    /// Title.
    pub title: Text,
    /// Organisation or unit.
    pub belongs_to: Text,
    /// The unit, for officers and coordinators: where their queue is.
    pub unit: Option<String>,
}

/// Loads what is not there yet; a second call changes nothing.
///
/// # Errors
/// Storage failed; a sample report that the rule pack does not take.
pub async fn load(services: &Services) -> Result<()> {
    register(services).await?;
    sample::file(services).await
}

/// Registers the people and their organisations, without any incident.
///
/// # Errors
/// Storage failed.
pub async fn register(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    for entry in roster::entries() {
        let identity = Identity { issuer: "demo".to_owned(), subject: entry.handle.to_owned() };
        if person::find_by_identity(&tx, &identity).await?.is_some() {
            continue;
        }
        let new = Person {
            id: PersonId(services.ids.next(now)),
            name: entry.name.to_owned(),
            email: Some(format!("{}@{}", entry.handle, entry.employer.domain())),
            language: entry.language,
            role: role(services, &tx, &entry.employer).await?,
            natural_key: None,
            demo_handle: Some(entry.handle.to_owned()),
            title: Some(entry.title()),
        };
        person::insert(&tx, &identity, &new).await?;
    }
    Ok(tx.commit().await?)
}

/// The people to sign in as, in the order in which they are shown.
///
/// # Errors
/// Storage failed.
pub async fn people(services: &Services) -> Result<Vec<DemoPerson>> {
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let known = person::list_demo(&tx).await?;
    tx.commit().await?;
    let mut people = Vec::new();
    for entry in roster::entries() {
        let found = known.iter().find(|it| it.demo_handle.as_deref() == Some(entry.handle));
        people.extend(found.map(|person| shown(services, &entry, person)));
    }
    Ok(people)
}

fn shown(services: &Services, entry: &Entry, person: &Person) -> DemoPerson {
    let unit = match &person.role {
        Role::Officer { unit } | Role::Coordinator { unit } => Some(unit.0.clone()),
        Role::Reporter { .. } | Role::SecurityOfficer | Role::Administrator => None,
    };
    let pack = services.packs.in_force(services.clock.now());
    let unit_name = unit.as_ref().and_then(|unit| pack.unit(unit)).map(|unit| unit.name.clone());
    DemoPerson {
        id: person.id,
        handle: entry.handle.to_owned(),
        name: person.name.clone(),
        role: match person.role.kind() {
            RoleKind::Reporter => "reporter",
            RoleKind::Officer => "officer",
            RoleKind::Coordinator => "coordinator",
            RoleKind::SecurityOfficer => "security_officer",
            RoleKind::Administrator => "administrator",
        },
        title: entry.title(),
        belongs_to: unit_name.unwrap_or_else(|| entry.employer.name()),
        unit,
    }
}

async fn role(services: &Services, tx: &Tx, employer: &Employer) -> Result<Role> {
    Ok(match employer {
        Employer::Organisation(it) => {
            let now = services.clock.now();
            let new = Organisation {
                id: OrganisationId(services.ids.next(now)),
                name: it.name.to_owned(),
                cvr: Some(it.cvr.to_owned()),
                registered_facts: it.registered_facts(),
            };
            let known = organisation::find_by_cvr(tx, it.cvr).await?;
            if known.is_none() {
                organisation::insert(tx, &new).await?;
            }
            let organisation = known.map_or(new.id, |known| known.id);
            Role::Reporter { organisation }
        }
        Employer::Unit(unit) => Role::Officer { unit: UnitId::from(*unit) },
        Employer::PointOfContact(unit) => Role::Coordinator { unit: UnitId::from(*unit) },
        Employer::Platform(role) => role.clone(),
    })
}

/// The person with a handle.
///
/// # Errors
/// Storage failed; the demo data are not loaded.
pub async fn find(services: &Services, handle: &str) -> Result<Person> {
    let identity = Identity { issuer: "demo".to_owned(), subject: handle.to_owned() };
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let found = person::find_by_identity(&tx, &identity).await?;
    tx.commit().await?;
    found.ok_or(Error::NotFound { kind: "demo person" })
}
