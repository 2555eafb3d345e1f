//! Keys as the use cases need them: what an old backup brings back is erased again, and no secret of an account is in clear.

use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use varsel_domain::authz::Scope;
use varsel_domain::severity::Seen;
use varsel_rules::FactType;
use varsel_services::keys::Lacking;
use varsel_services::local::code_at;
use varsel_services::report::{ConfirmSeverity, ConfirmSeverityOutcome, confirm_severity};
use varsel_services::testing::in_each_house;
use varsel_services::{Error, Services, incident, keys, retention};
use varsel_storage::testing::{bare, remains, revisions, vault_of, with_vault};

use crate::local::{self, LOGIN, PASSWORD, member, sign_in, token};
use crate::rows::{count, uses};

/// What nobody may read in a database or its files.
const CANARY: &str = "kanarifugl-5c02";

#[tokio::test]
async fn what_an_old_backup_brings_back_is_erased_again_and_the_log_says_so() {
    in_each_house(async |house| {
        let (erased, _) = house.file("reporter-energy", "first-report").await;
        let (kept, _) = house.file("reporter-energy", "second-report").await;
        keys::check(&house.services).await.unwrap();
        assert_eq!(count(&house, "incident").await, 2, "nothing is erased that has its key");
        // Its key went with an erasure that this database, restored from yesterday, knows nothing of.
        house.services.store.vault().unwrap().destroy(erased.id, house.now()).await.unwrap();
        let officer = house.request("officer-sektorcert").await;
        let opened = incident::open(&house.services, &officer, erased.id).await.unwrap();
        assert!(opened.is_none(), "even before it is erased again, nobody sees it");
        keys::check(&house.services).await.unwrap();
        for table in ["incident", "facts_revision", "filing", "severity_confirmation"] {
            let expected = i64::from(table != "severity_confirmation");
            assert_eq!(count(&house, table).await, expected, "{table}");
        }
        assert!(incident::open(&house.services, &officer, kept.id).await.unwrap().is_some());
        let said = uses(&house).await;
        assert_eq!(said.iter().filter(|it| it.kind == "erased" && it.name == "Varsel").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_whose_incident_an_older_database_lacks_survives_an_erasure() {
    in_each_house(async |house| {
        let (missing, _) = house.file("reporter-energy", "first-report").await;
        let tx = house.services.store.begin(&Scope::system()).await.unwrap();
        varsel_storage::retention::erase_again(&tx, missing.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(keys::check(&house.services).await.unwrap().incidents, 0, "a report may be under way");
        house.advance(chrono::TimeDelta::minutes(11));
        assert_eq!(keys::check(&house.services).await.unwrap(), Lacking { keys: 0, incidents: 1 });
        let status = async || house.services.store.vault().unwrap().status().await.unwrap();
        house.advance(chrono::TimeDelta::days(2));
        retention::erase(&house.services, "test").await.unwrap();
        assert_eq!(
            (status().await.incidents, status().await.destroyed),
            (1, 0),
            "the right database may come back"
        );
        house.advance(chrono::TimeDelta::days(5 * 366));
        retention::erase(&house.services, "test").await.unwrap();
        assert_eq!((status().await.incidents, status().await.destroyed), (0, 1));
    })
    .await;
}

/// The one that destroys a key forgets it at once; any other must within a minute (R2: no copy opens 60 seconds later).
#[tokio::test]
async fn another_server_forgets_a_destroyed_key_within_a_minute() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let store = with_vault(house.services.store.clone(), vault_of(&house.services.store)).await.unwrap();
        let other = Services { store, ..house.services.clone() };
        let opened = async || revisions(&other.store).await.unwrap().len();
        assert_eq!(opened().await, 1);
        house.services.store.vault().unwrap().destroy(own.id, house.now()).await.unwrap();
        assert_eq!(
            revisions(&house.services.store).await.unwrap().len(),
            0,
            "where it was destroyed, at once"
        );
        assert_eq!(opened().await, 1, "the other one remembers it");
        let (asked, minute) = (std::sync::Mutex::new(Vec::new()), tokio::sync::Semaphore::new(1));
        let pause = async |time| {
            asked.lock().unwrap().push(time);
            minute.acquire().await.unwrap().forget();
        };
        // The second pause, which nothing ends, begins when what the first was for is done.
        let begun_again = async {
            while asked.lock().unwrap().len() < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = keys::forget_after_each(&other, pause) => unreachable!("it goes on"),
            () = begun_again => {}
        }
        assert_eq!(opened().await, 0, "a minute later");
        assert!(asked.into_inner().unwrap().iter().all(|time| *time <= std::time::Duration::from_mins(1)));
    })
    .await;
}

#[tokio::test]
async fn the_vault_of_another_installation_is_refused() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let vault = varsel_storage::testing::vault_of(&house.services.store);
        vault.connection().execute_unprepared("DELETE FROM incident_key").await.unwrap();
        house.services.store.vault().unwrap().forget();
        let refused = keys::check(&house.services).await.unwrap_err();
        assert!(matches!(refused, Error::VaultOfAnother { incidents: 1 }), "{refused:?}");
        assert_eq!(count(&house, "incident").await, 1, "nothing was erased");
    })
    .await;
}

#[tokio::test]
async fn the_secret_of_an_accounts_codes_is_sealed() {
    local::in_each_house(async |house| {
        let member = member(&house).await;
        let tx = bare(&house.services.store, &Scope::system()).await.unwrap();
        let sql = "SELECT totp_secret FROM local_account WHERE totp_secret IS NOT NULL";
        let rows = tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap();
        let stored: Vec<String> = rows.iter().map(|row| row.try_get("", "totp_secret").unwrap()).collect();
        tx.commit().await.unwrap();
        assert!(
            !stored.is_empty()
                && stored.iter().all(|it| it.starts_with("v1.") && !it.contains(&member.secret))
        );
        let code = code_at(&member.secret, house.now());
        assert!(!token(&sign_in(&house, LOGIN, PASSWORD, &code).await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn no_text_of_a_report_is_in_clear_in_any_table_or_file() {
    in_each_house(async |house| {
        let (mut facts, pack) = (house.facts("reporter-energy"), house.pack());
        let texts = pack.facts().iter().filter(|it| it.fact_type == FactType::Text && it.format.is_none());
        for fact in texts {
            facts[&fact.id] = json!(format!("{CANARY} {}", fact.id));
        }
        let (own, receipt) = house.file_facts("reporter-energy", "first-report", facts).await;
        let officer = house.request("officer-sektorcert").await;
        let seen = Seen { confirmations: 0, proposed: own.severity.proposed.level };
        let justification = format!("{CANARY}: this is worse than it looks.");
        let wanted = ConfirmSeverity { incident: own.id, level: 5, justification, seen };
        let confirmed = confirm_severity(&house.services, &officer, wanted).await.unwrap();
        assert!(matches!(confirmed, ConfirmSeverityOutcome::Confirmed(_)));
        let reporter = house.request("reporter-energy").await;
        let shown = incident::open(&house.services, &reporter, own.id).await.unwrap().unwrap();
        let shown = shown.facts.iter().filter(|it| format!("{:?}", it.value).contains(CANARY)).count();
        assert!(shown > 20, "the control: {shown} are shown to whoever wrote them");
        // Nor what a guess could be compared with.
        for text in [CANARY, &receipt.facts_sha256] {
            assert_eq!(remains(&house.services.store, text).await.unwrap(), [""; 0]);
        }
    })
    .await;
}
