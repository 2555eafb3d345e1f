//! An installation from before authorisations were kept: its people keep what they had.

use uuid::Uuid;
use varsel_domain::authorisation::{Basis, Function, Status};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::{Identity, Language, Person};
use varsel_domain::{PersonId, Role};
use varsel_storage::testing::{Empty, migrate, postgres_server};
use varsel_storage::{authorisation, person};

use crate::builder::{an_organisation, minute};

fn a_person(n: u128, role: Role) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(n)),
        name: format!("Person {n}"),
        email: None,
        language: if n.is_multiple_of(2) { Language::Da } else { Language::En },
        role,
        natural_key: None,
        demo_handle: None,
        title: None,
    }
}

async fn people_keep_what_they_had_on(empty: Empty) {
    let store = &empty.store;
    migrate(store, Some("create_authorisation")).await.unwrap();
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    let roles = [
        Role::Reporter { organisation: an_organisation(&tx, 0xABCD, "Nordvind").await },
        Role::Officer { unit: "sektorcert".into() },
        Role::Coordinator { unit: "spoc".into() },
        Role::SecurityOfficer,
        Role::Administrator,
    ];
    for (n, role) in (1..).zip(&roles) {
        let identity = Identity { issuer: "https://id.example".to_owned(), subject: n.to_string() };
        person::insert(&tx, &identity, &a_person(n, role.clone())).await.unwrap();
    }
    tx.commit().await.unwrap();
    migrate(store, None).await.unwrap();
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    for (n, role) in (1..).zip(roles) {
        let id = PersonId(Uuid::from_u128(n));
        let (found, held) = person::find_with_authorisations(&tx, id).await.unwrap().unwrap();
        assert_eq!((found.role, held.len()), (role.clone(), 1));
        let mut functions: std::collections::BTreeSet<_> = role.usual_functions().iter().copied().collect();
        // Administrators could erase without it then, and are to be given it by two since.
        if role == Role::Administrator {
            functions.remove(&Function::Erase);
        }
        assert_eq!((&held[0].reach, &held[0].functions), (&role.home(), &functions));
        assert_eq!(held[0].basis, Basis::Provider("https://id.example".to_owned()));
        assert_eq!(held[0].status_at(minute(3_000_000)), Status::Active);
        assert!((10..=2_000).contains(&held[0].purpose.as_str().chars().count()), "{:?}", held[0].purpose);
        assert_eq!(authorisation::version_of(&tx, id).await.unwrap(), "1.0");
    }
    drop(tx);
    empty.remove().await.unwrap();
}

#[tokio::test]
async fn people_keep_what_they_had() {
    people_keep_what_they_had_on(Empty::sqlite().await.unwrap()).await;
    if let Some(server) = postgres_server() {
        people_keep_what_they_had_on(Empty::postgres(&server).await.unwrap()).await;
    }
}
