//! Nothing is in clear, and a sealed value opens nowhere but where it was written (I1).

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_domain::rules::Text;
use varsel_domain::timeline::{TimelineEntry, TimelineKind};
use varsel_domain::{CeremonyId, EntryId, OrganisationId, PersonId};
use varsel_storage::ceremony::{self, Ceremony};
use varsel_storage::keys::seal_existing;
use varsel_storage::local_account::{self, Password};
use varsel_storage::testing::{self, cells, on_each_database, remains};
use varsel_storage::{Error, Result, Store, timeline};

use crate::builder::{a_person, an_incident};

use super::{CANARY, fill, minute, read, run};

#[tokio::test]
async fn what_is_written_about_an_incident_is_in_no_table_and_no_file() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        assert_eq!(read(&store, &ids).await.unwrap(), [10, 11, 12, 13]);
        assert_eq!(remains(&store, CANARY).await.unwrap(), [""; 0]);
        assert!(!remains(&store, "csirt").await.unwrap().is_empty(), "the control: a unit is in clear");
    })
    .await;
}

/// In every kind of column that a later table may have, and in what is left of a deleted row.
#[tokio::test]
async fn what_stands_in_clear_anywhere_is_found() {
    on_each_database(async |store| {
        let of_bytes = if store.is_shared() { "bytea" } else { "blob" };
        run(&store, &format!("CREATE TABLE remark (note text, shown json, scan {of_bytes})")).await;
        for (column, value) in [
            ("note", format!("'{CANARY}'")),
            ("shown", format!("'{{\"a\":\"{CANARY}\"}}'")),
            (
                "scan",
                if store.is_shared() {
                    format!("'{CANARY}'::bytea")
                } else {
                    format!("CAST('{CANARY}' AS BLOB)")
                },
            ),
        ] {
            run(&store, &format!("INSERT INTO remark ({column}) VALUES ({value})")).await;
            let found = remains(&store, CANARY).await.unwrap();
            assert!(found.contains(&format!("remark.{column}")), "{found:?}");
            run(&store, "DELETE FROM remark").await;
        }
        if !store.is_shared() {
            let left = remains(&store, CANARY).await.unwrap();
            assert!(
                left.iter().all(|it| it.starts_with("file of the database")) && !left.is_empty(),
                "{left:?}"
            );
            let vault = testing::vault_of(&store);
            run(&vault, &format!("CREATE TABLE remark (note text DEFAULT '{CANARY}')")).await;
            let left = remains(&store, CANARY).await.unwrap();
            assert!(left.iter().any(|it| it == "file of the vault-wal"), "{left:?}");
        }
    })
    .await;
}

/// The keys and nonces of the sealed values in a text.
fn nonces(text: &str) -> Vec<(&str, &str)> {
    let sealed = text.split("v1.").skip(1);
    let parts = sealed.filter_map(|value| value.split_once(".A256GCM."));
    parts.map(|(key, rest)| (key, rest.split('.').next().unwrap())).collect()
}

/// With the same nonce twice under one key, GCM gives both values away (NIST SP 800-38D, section 8).
#[tokio::test]
async fn no_key_seals_two_values_with_one_nonce() {
    on_each_database(async |store| {
        let [id, ..] = fill(&store).await;
        let entry = |n: u128| TimelineEntry {
            id: EntryId(Uuid::from_u128(1_000 + n)),
            incident: id,
            at: minute(0),
            kind: TimelineKind::ReportReceived,
            text: Text { da: CANARY.to_owned(), en: CANARY.to_owned() },
            by: "Varsel".to_owned(),
            units: Vec::new(),
        };
        let tx = store.begin(&Scope::system()).await.unwrap();
        timeline::append(&tx, &(0..2_000).map(entry).collect::<Vec<_>>()).await.unwrap();
        tx.commit().await.unwrap();
        let all = cells(&store).await.unwrap().into_iter();
        // PostgreSQL has the vault's own, which come below, in the same database.
        let all = all.filter(|cell| !cell.place.starts_with("incident_key."));
        let mut all: String = all.map(|cell| cell.value).collect();
        let mut wrapped = BTreeSet::new();
        // The vault's own: what a key of an organisation wraps, before it is replaced and after.
        let vault = testing::vault_of(&store);
        for renewed in 0..3 {
            for incident in 0..40 {
                let tx = store.begin(&Scope::system()).await.unwrap();
                an_incident(&tx, OrganisationId(Uuid::from_u128(1)), 100 + renewed * 100 + incident, 1).await;
                tx.commit().await.unwrap();
            }
            let sql = Statement::from_string(
                vault.connection().get_database_backend(),
                "SELECT wrapped FROM incident_key",
            );
            for row in vault.connection().query_all_raw(sql).await.unwrap() {
                wrapped.insert(row.try_get::<String>("", "wrapped").unwrap());
            }
            store.vault().unwrap().renew(OrganisationId(Uuid::from_u128(1)), minute(100)).await.unwrap();
        }
        all.extend(wrapped);
        let found = nonces(&all);
        let keys: BTreeSet<_> = found.iter().map(|(key, _)| *key).collect();
        assert!(
            found.len() > 2_000 + 3 * 40 && keys.len() > 6,
            "{} values, {} keys",
            found.len(),
            keys.len()
        );
        let different: BTreeSet<_> = found.iter().collect();
        assert_eq!(different.len(), found.len());
    })
    .await;
}

/// Swaps what two rows have in a column, or what one row has in two.
const SWAPS: [(&str, &str); 7] = [
    (
        "between two incidents",
        "UPDATE facts_revision SET facts = (SELECT o.facts FROM facts_revision o WHERE o.id <> facts_revision.id \
         AND o.incident_id = '00000000-0000-0000-0000-00000000000b')
         WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    (
        "between two columns",
        "UPDATE facts_revision SET facts = assessment WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    (
        "to another revision",
        "UPDATE facts_revision SET revision = 2 WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    (
        "between two tables",
        "UPDATE timeline_entry SET text = (SELECT facts FROM facts_revision f WHERE f.incident_id = timeline_entry.incident_id) \
         WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    // Other rows of an incident have the same key: only the id keeps them apart.
    (
        "to another confirmation",
        "UPDATE severity_confirmation SET id = person_id WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    (
        "to another entry",
        "UPDATE timeline_entry SET id = (SELECT c.person_id FROM severity_confirmation c LIMIT 1) \
         WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
    (
        "into clear",
        "UPDATE facts_revision SET facts = '{\"description\":\"forged\"}' \
         WHERE incident_id = '00000000-0000-0000-0000-00000000000a'",
    ),
];

#[tokio::test]
async fn a_value_that_was_moved_does_not_open() {
    for (how, sql) in SWAPS {
        on_each_database(async |store| {
            let ids = fill(&store).await;
            // SQLite keeps ids as bytes.
            let sql = if store.is_shared() {
                sql.to_owned()
            } else {
                let id = |n: u8| format!("'00000000-0000-0000-0000-0000000000{n:02x}'");
                let bytes = |n: u8| format!("x'000000000000000000000000000000{n:02x}'");
                sql.replace(&id(10), &bytes(10)).replace(&id(11), &bytes(11))
            };
            assert_eq!(run(&store, &sql).await, 1, "{how}");
            let refused = read(&store, &ids).await;
            assert!(matches!(refused, Err(Error::Sealed { .. })), "{how}: {refused:?}");
            assert_eq!(read(&store, &ids[1..]).await.unwrap(), [11, 12, 13], "{how}: the others are read");
        })
        .await;
    }
}

/// The secret of somebody's codes, and what is remembered of their ceremony.
async fn remembered(store: &Store, n: u128) -> (Result<String>, Result<Value>) {
    let (tx, id) = (store.begin(&Scope::system()).await.unwrap(), Uuid::from_u128(n));
    let account = local_account::find(&tx, PersonId(id)).await;
    let ceremony = ceremony::look(&tx, CeremonyId(id), "test", minute(0)).await;
    let secret = account.map(|found| found.unwrap().password.unwrap().totp_secret);
    (secret, ceremony.map(|found| found.unwrap().state))
}

/// What accounts have is sealed with one key: only its row keeps one's from opening as another's.
#[tokio::test]
async fn what_was_moved_to_another_account_does_not_open() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        for n in [1, 2] {
            let (person, name) = (a_person(&tx, n, "Thomas Vang").await.id, n.to_string());
            local_account::insert(&tx, person, &name, minute(0)).await.unwrap();
            let (phc, totp_secret) = ("a hash".to_owned(), format!("secret {n}"));
            let password = Password { phc, set_at: minute(0), totp_secret, last_step: None };
            local_account::set_password(&tx, person, Some(&password)).await.unwrap();
            let begun = Ceremony {
                id: CeremonyId(Uuid::from_u128(n)),
                purpose: "test".to_owned(),
                person: None,
                client: Some(name),
                state: json!(format!("state {n}")),
                expires_at: minute(10),
            };
            ceremony::insert(&tx, &begun, minute(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (secret, state) = remembered(&store, 1).await;
        assert_eq!(
            (secret.unwrap(), state.unwrap()),
            ("secret 1".to_owned(), json!("state 1")),
            "the control"
        );
        for moved in [
            "UPDATE local_account SET totp_secret = (SELECT o.totp_secret FROM local_account o WHERE o.login = '2') \
             WHERE login = '1'",
            "UPDATE ceremony SET state = (SELECT o.state FROM ceremony o WHERE o.client = '2') WHERE client = '1'",
        ] {
            assert_eq!(run(&store, moved).await, 1, "{moved}");
        }
        let (secret, state) = remembered(&store, 1).await;
        assert!(
            matches!(&secret, Err(Error::Sealed { table, .. }) if table == "local_account"),
            "{secret:?}"
        );
        assert!(matches!(&state, Err(Error::Sealed { table, .. }) if table == "ceremony"), "{state:?}");
        let (secret, state) = remembered(&store, 2).await;
        assert_eq!((secret.unwrap(), state.unwrap()), ("secret 2".to_owned(), json!("state 2")));
    })
    .await;
}

#[tokio::test]
async fn a_wrapped_key_that_was_moved_does_not_unwrap() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let vault = testing::vault_of(&store);
        let moved = "UPDATE incident_key SET wrapped = (SELECT max(o.wrapped) FROM incident_key o \
            WHERE o.wrapped_by = incident_key.wrapped_by AND o.name <> incident_key.name)";
        assert_eq!(run(&vault, moved).await, 4);
        store.vault().unwrap().forget();
        let refused = read(&store, &ids[..1]).await;
        assert!(
            matches!(&refused, Err(Error::Sealed { table, .. }) if table == "incident_key"),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_an_older_version_wrote_in_clear_is_sealed_once_and_read_as_it_was() {
    on_each_database(async |store| {
        let ids = fill(&store).await;
        let clear = [
            format!(
                "UPDATE facts_revision SET facts = '{{\"description\":\"{CANARY} 10\"}}', \
                     assessment = '{}' WHERE revision = 1",
                clear_assessment()
            ),
            format!("UPDATE timeline_entry SET text = '{{\"da\":\"{CANARY}\",\"en\":\"{CANARY}\"}}'"),
            format!("UPDATE severity_confirmation SET justification = '{CANARY}'"),
        ];
        for sql in clear {
            assert_eq!(run(&store, &sql).await, 4);
        }
        run(&testing::vault_of(&store), "DELETE FROM incident_key").await;
        store.vault().unwrap().forget();
        let clear = ["facts_revision.facts", "severity_confirmation.justification", "timeline_entry.text"];
        let found = remains(&store, CANARY).await.unwrap();
        assert!(clear.iter().all(|place| found.iter().any(|it| it == place)), "the control: {found:?}");
        assert_eq!(seal_existing(&store, minute(0)).await.unwrap(), 12);
        assert_eq!(seal_existing(&store, minute(0)).await.unwrap(), 0);
        let found = remains(&store, CANARY).await.unwrap();
        // What was in clear stays in the files of an embedded database until they are written anew.
        assert!(found.iter().all(|place| place.starts_with("file of the database")), "{found:?}");
        assert_eq!(read(&store, &ids[..1]).await.unwrap(), [10]);
    })
    .await;
}

fn clear_assessment() -> String {
    let first = crate::builder::first_revision(varsel_domain::IncidentId(uuid::Uuid::nil()), 1);
    serde_json::to_string(&first.assessment).unwrap()
}
