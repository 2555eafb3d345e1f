//! What is written about incidents is sealed, and its keys are elsewhere.

mod lost;
mod place;
mod replaced;
mod under_load;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_domain::incident::FactsRevision;
use varsel_domain::rules::Text;
use varsel_domain::severity::SeverityConfirmation;
use varsel_domain::timeline::{TimelineEntry, TimelineKind};
use varsel_domain::{ConfirmationId, EntryId, IncidentId, OrganisationId, PersonId};
use varsel_storage::keys::{RootKey, RootKeys, Vault};
use varsel_storage::{Result, Store, Tx, dossier, revision, severity_confirmation, testing, timeline};

use crate::builder::{a_person, an_incident, an_organisation, first_revision, minute};

/// What nobody may read in a file of the database.
const CANARY: &str = "kanarifugl-7f31";

/// The id of whoever confirmed.
const OFFICER: u128 = 90;

fn facts(n: u128) -> serde_json::Value {
    json!({ "description": format!("{CANARY} {n}") })
}

/// An incident about which something stands in every sealed column.
async fn incident(tx: &Tx, organisation: OrganisationId, n: u128) -> IncidentId {
    let id = an_incident(tx, organisation, n, 1).await;
    let first = FactsRevision { facts: facts(n), ..first_revision(id, 1) };
    revision::insert(tx, &first).await.unwrap();
    let entry = TimelineEntry {
        id: EntryId(Uuid::from_u128(n)),
        incident: id,
        at: minute(0),
        kind: TimelineKind::ReportReceived,
        text: Text { da: CANARY.to_owned(), en: CANARY.to_owned() },
        by: "Varsel".to_owned(),
        units: Vec::new(),
    };
    timeline::append(tx, &[entry]).await.unwrap();
    let confirmation = SeverityConfirmation {
        id: ConfirmationId(Uuid::from_u128(n)),
        incident: id,
        number: 1,
        level: 2,
        proposed: 1,
        revision: 1,
        justification: Some(CANARY.to_owned()),
        unit: "csirt".into(),
        by: PersonId(Uuid::from_u128(OFFICER)),
        by_name: "Thomas Vang".to_owned(),
        at: minute(0),
    };
    severity_confirmation::insert(tx, &confirmation).await.unwrap();
    id
}

/// Three incidents of one organisation and one of another.
async fn fill(store: &Store) -> [IncidentId; 4] {
    let tx = store.begin(&Scope::system()).await.unwrap();
    let north = an_organisation(&tx, 1, "Nord").await;
    let south = an_organisation(&tx, 2, "Syd").await;
    a_person(&tx, OFFICER, "Thomas Vang").await;
    let mut made = Vec::new();
    for (n, organisation) in [(10, north), (11, north), (12, north), (13, south)] {
        made.push(incident(&tx, organisation, n).await);
    }
    tx.commit().await.unwrap();
    made.try_into().unwrap()
}

/// What of these is read whole: the number of the facts of each.
async fn read(store: &Store, ids: &[IncidentId]) -> Result<Vec<u128>> {
    let tx = store.begin(&Scope::system()).await?;
    let found = dossier::find_many(&tx, &Scope::system(), ids).await?;
    for it in &found {
        assert_eq!(it.revision.facts, facts(it.incident.id.0.as_u128()));
        assert_eq!(it.timeline[0].text.da, CANARY);
        assert_eq!(it.confirmations[0].justification.as_deref(), Some(CANARY));
    }
    Ok(found.into_iter().map(|it| it.incident.id.0.as_u128()).collect())
}

/// Behind the back of everything; how many rows.
async fn run(store: &Store, sql: &str) -> u64 {
    let connection = testing::bare(store, &Scope::system()).await.unwrap();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.execute_raw(statement).await.unwrap().rows_affected();
    connection.commit().await.unwrap();
    rows
}

/// Another server on the same database, with this root key.
async fn server(store: &Store, root: u8, retired: &[u8]) -> Result<Store> {
    let retired = retired.iter().map(|byte| RootKey::new([*byte; 32])).collect();
    let roots = RootKeys::new(RootKey::new([root; 32]), retired);
    let ids = std::sync::Arc::new(varsel_domain::RandomIds::from_system());
    let vault = Vault::open(testing::vault_of(store), roots, ids).await?;
    Ok(store.clone().with_vault(std::sync::Arc::new(vault)))
}

/// The root key of the tests' vaults, and its name.
const ROOT: u8 = 11;

fn name(root: u8) -> String {
    RootKey::new([root; 32]).name().to_owned()
}
