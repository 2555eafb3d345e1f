//! E7: whoever has the server's connection to PostgreSQL, or a backup's, adds to the log of use at most; and whoever gets past the
//! database altogether is noticed. SQLite has no roles: there only the latter can hold.

mod attacks;
mod missing;

use chrono::{TimeDelta, TimeZone as _, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use varsel_domain::EntryId;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_services::incident;
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::testing::{House, in_each_house, in_each_separated_house};
use varsel_storage::duties::{self, Duties};
use varsel_storage::testing::{
    BACKUP, as_role, as_server, as_superuser, bare, erase_by_clock, erase_by_real_clock, proved,
};
use varsel_storage::{Store, access_log};

use self::attacks::{ATTACKS, state_of, successes};

/// Something to log, with its place in the tree; how many entries there are.
async fn use_it(house: &House, key: &str) -> u64 {
    let (own, _) = house.file("reporter-energy", key).await;
    let request = house.request("officer-sektorcert").await;
    incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
    log::seal(&house.services).await.unwrap().expect("something waited").size
}

/// A log from which something was erased, and to which something was added since; PostgreSQL has the time of the house.
async fn a_log(house: &House) {
    use_it(house, "old-report").await;
    house.advance(TimeDelta::days(200));
    erase_by_clock(&house.services.store, house.now()).await.unwrap();
    let tx = house.services.store.begin(&Scope::system()).await.unwrap();
    let erased = access_log::erase(&tx, house.now(), house.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(erased.is_some_and(|taken| taken.places.count() > 0));
    house.advance(TimeDelta::days(1));
    use_it(house, "new-report").await;
}

/// What the file of evidence proves, or why it does not.
async fn verdict(house: &House) -> Result<u64, String> {
    let request = house.request("security-officer").await;
    let asked = Inquiry { case: "2026-17".to_owned(), ..Inquiry::default() };
    let bundle = log::export(&house.services, &request, &asked, Form::Bundle, Language::En).await;
    let bundle = bundle.map_err(|error| format!("{error:?}"))?;
    let opened = varsel_log::export::open(&*bundle, None).map_err(|error| error.to_string())?;
    let verified = opened.verify(&[], |_| ()).map_err(|error| error.to_string())?;
    Ok(verified.entries)
}

async fn execute(store: &Store, sql: &str) -> Result<u64, String> {
    let connection = store.connection();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection
        .execute_raw(statement)
        .await
        .map(|done| done.rows_affected())
        .map_err(|error| error.to_string())
}

async fn look(store: &Store) -> Duties {
    duties::look(&store.begin(&Scope::nothing()).await.unwrap()).await.unwrap()
}

/// The house as its server sees it, and its owner's store.
async fn separated(mut house: House) -> (House, Store) {
    let owner = house.services.store.clone();
    house.services.store = as_server(&owner).await.unwrap();
    (house, owner)
}

#[tokio::test]
async fn neither_the_servers_role_nor_a_backups_changes_what_was_logged_or_what_guards_it() {
    in_each_house(async |house| {
        if !house.services.store.is_shared() {
            return;
        }
        a_log(&house).await;
        let (house, owner) = separated(house).await;
        let backup = as_role(&owner, BACKUP).await.unwrap();
        let before = state_of(&owner).await;
        assert_eq!(successes(&house.services.store).await, [""; 0], "as the server");
        assert_eq!(successes(&backup).await, [""; 0], "as a backup");
        assert_eq!(state_of(&owner).await, before);
        // Nor does the log of use suffer from what was tried.
        use_it(&house, "later-report").await;
        assert!(verdict(&house).await.unwrap() > 0);
        proved(
            "E7",
            &format!("PostgreSQL: {} attacks as the server and as a backup, 0 succeed", ATTACKS.len()),
        );
    })
    .await;
}

#[tokio::test]
async fn where_one_role_does_everything_the_same_attacks_succeed() {
    in_each_house(async |house| {
        let store = &house.services.store;
        if !store.is_shared() {
            assert_eq!(look(store).await, Duties::Embedded);
            return;
        }
        a_log(&house).await;
        let succeeded = successes(store).await;
        for expected in [
            "delete by an erasure of one's own",
            "write an erasure that never was",
            "drop what guards an entry",
            "switch off what guards an entry",
            "a guard that lets everything pass",
            "a trigger of one's own that swallows entries",
            "a rule that swallows entries",
            "put the table aside",
            "another column",
            "another clock for the erasure",
            "another function for the erasure",
            "drop the table",
            "drop the schema",
            "count anew",
        ] {
            assert!(succeeded.contains(&expected), "{expected}: {succeeded:?}");
        }
        // What guards the log refuses even its owner, as long as it is there.
        for refused in [
            "change an entry",
            "delete entries",
            "empty the log",
            "shorten a tile by a function of one's own",
        ] {
            assert!(!succeeded.contains(&refused), "{refused}: {succeeded:?}");
        }
        let Duties::Together { role, powers } = look(store).await else { panic!("one role does everything") };
        assert!(
            role == "varsel" && powers.contains(&"owner of access_entry (varsel)".to_owned()),
            "{powers:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_right_too_many_is_said_and_the_next_migration_takes_it_away() {
    in_each_house(async |house| {
        let owner = house.services.store.clone();
        if !owner.is_shared() {
            return;
        }
        let server = as_server(&owner).await.unwrap();
        let separate = Duties::Separate { role: "varsel_server".to_owned() };
        assert_eq!(look(&server).await, separate);
        for (grant, power) in [
            ("GRANT DELETE ON log_checkpoint TO varsel_server", "DELETE on log_checkpoint"),
            ("GRANT UPDATE (salt) ON access_entry TO varsel_server", "UPDATE (salt) on access_entry"),
            ("GRANT TRUNCATE ON log_tile TO PUBLIC", "TRUNCATE on log_tile"),
            ("GRANT TRIGGER ON access_entry TO varsel_server", "TRIGGER on access_entry"),
            ("GRANT INSERT ON log_erasure TO varsel_server", "INSERT on log_erasure"),
            ("GRANT DELETE ON log_erasure_note TO varsel_server", "DELETE on log_erasure_note"),
            ("GRANT CREATE ON SCHEMA public TO varsel_server", "CREATE on the schema"),
        ] {
            execute(&owner, grant).await.unwrap();
            let Duties::Together { powers, .. } = look(&server).await else { panic!("{grant}") };
            assert!(powers.contains(&power.to_owned()), "{grant}: {powers:?}");
            as_server(&owner).await.unwrap();
            assert_eq!(look(&server).await, separate, "{grant}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_may_become_the_owner_is_not_separated_from_it() {
    in_each_house(async |house| {
        let owner = house.services.store.clone();
        let Some(superuser) = as_superuser(&owner).await.unwrap() else {
            return;
        };
        let role = format!("varsel_both_{}", std::process::id());
        execute(&superuser, &format!("CREATE ROLE {role} LOGIN NOINHERIT IN ROLE varsel")).await.unwrap();
        duties::grant(&owner, &role, "varsel_eraser").await.unwrap();
        let both = as_role(&owner, &role).await.unwrap();
        let found = look(&both).await;
        both.close().await.unwrap();
        execute(&superuser, &format!("DROP OWNED BY {role}")).await.unwrap();
        execute(&superuser, &format!("DROP ROLE {role}")).await.unwrap();
        superuser.close().await.unwrap();
        let Duties::Together { powers, .. } = found else { panic!("{found:?}") };
        assert!(powers.contains(&"owner of access_entry (varsel)".to_owned()), "{powers:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_missing_role_needs_is_said() {
    in_each_house(async |house| {
        let owner = &house.services.store;
        if !owner.is_shared() {
            return;
        }
        for (server, eraser, told) in [
            ("varsel_server", "nobody_erases", "CREATE ROLE \"nobody_erases\" NOLOGIN"),
            ("varsel_server", "varsel_backup", "GRANT \"varsel_backup\" TO \"varsel\""),
            ("varsel", "varsel_eraser", "these must be three roles"),
        ] {
            let refused = duties::grant(owner, server, eraser).await.unwrap_err().to_string();
            assert!(refused.contains(told), "{refused}");
        }
        let stranger = as_role(owner, "varsel_server").await.unwrap();
        let refused =
            duties::grant(&stranger, "varsel_backup", "varsel_eraser").await.unwrap_err().to_string();
        assert!(refused.contains("GRANT \"varsel_eraser\" TO \"varsel_server\""), "{refused}");
    })
    .await;
}

/// An entry of this moment.
fn an_entry(house: &House, year: i32) -> AccessEntry {
    let at = Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
    AccessEntry {
        id: EntryId(house.services.ids.next(at)),
        at,
        person: None,
        name: "Karen Holm".to_owned(),
        function: "reporter".to_owned(),
        use_kind: UseKind::Opened,
        incident: None,
        detail: json!({}),
        request_id: "one".to_owned(),
    }
}

#[tokio::test]
async fn the_database_erases_by_its_own_clock_whatever_it_is_told() {
    in_each_separated_house(async |house| {
        let store = &house.services.store;
        if !store.is_shared() {
            return;
        }
        erase_by_real_clock(&as_role(store, "varsel").await.unwrap()).await.unwrap();
        let entries = [an_entry(&house, 2001), an_entry(&house, 2199)];
        let tx = store.begin(&Scope::system()).await.unwrap();
        access_log::append(&tx, &*house.services.ids, &entries).await.unwrap();
        tx.commit().await.unwrap();
        log::seal(&house.services).await.unwrap().expect("something waited");
        let late = Utc.with_ymd_and_hms(2300, 1, 1, 0, 0, 0).unwrap();
        let tx = store.begin(&Scope::system()).await.unwrap();
        let taken = access_log::erase(&tx, late, late).await.unwrap().expect("the one of 2001");
        assert_eq!(taken.places.count(), 1, "{taken:?}");
        let told = access_log::erasures(&tx, house.now() - TimeDelta::days(36_500), late).await.unwrap();
        assert!(told.len() == 1 && told[0].began_at < late && told[0].entries == 1, "{told:?}");
    })
    .await;
}

/// What the server's role may add, or change on the way of an entry into the tree, in a manner that is not the seal's.
const FORGERIES: [&str; 3] = [
    "UPDATE access_entry SET position = 1000000 + sequence WHERE position IS NULL",
    "UPDATE log_tile SET hashes = hashes || substr(hashes, 1, 32)",
    "INSERT INTO log_checkpoint (size, at, note) SELECT size + 1, at, note FROM log_checkpoint",
];

#[tokio::test]
async fn what_the_servers_role_adds_beside_the_seal_is_noticed_at_the_next_one() {
    for forgery in FORGERIES {
        in_each_separated_house(async |house| {
            if !house.services.store.is_shared() {
                return;
            }
            use_it(&house, "one-report").await;
            house.file("reporter-bank", "other-report").await;
            assert!(execute(&house.services.store, forgery).await.unwrap() > 0, "{forgery}");
            house.file("reporter-municipality", "third-report").await;
            let sealed = log::seal(&house.services).await;
            let refused = format!("{:?}", sealed.expect_err(forgery));
            assert!(refused.contains("tampered"), "{forgery}: {refused}");
        })
        .await;
    }
}

/// Runs a statement as somebody whom no guard holds: PostgreSQL's superuser, or whoever owns the file.
async fn past_all(house: &House, trigger: &str, sql: &str) -> u64 {
    let store = &house.services.store;
    if !store.is_shared() {
        execute(store, &format!("DROP TRIGGER IF EXISTS {trigger}")).await.unwrap();
        return execute(store, sql).await.unwrap();
    }
    let superuser = as_superuser(store).await.unwrap().expect("VARSEL_TEST_POSTGRES_SUPERUSER_URL is set");
    let tx = bare(&superuser, &Scope::nothing()).await.unwrap();
    tx.execute_unprepared("SET LOCAL session_replication_role = replica").await.unwrap();
    let done = tx.execute_unprepared(sql).await.unwrap().rows_affected();
    tx.commit().await.unwrap();
    superuser.close().await.unwrap();
    done
}

#[tokio::test]
async fn whoever_gets_past_the_database_altogether_is_noticed_by_the_file_of_evidence() {
    in_each_separated_house(async |house| {
        let size = use_it(&house, "one-report").await;
        assert_eq!(verdict(&house).await, Ok(size), "as long as nobody was at it");
        let another =
            "UPDATE access_entry SET text = replace(text, '\"submitted\"', '\"listed\"') WHERE position = 0";
        assert_eq!(past_all(&house, "access_entry_is_kept", another).await, 1);
        let told = verdict(&house).await.expect_err("an entry is another");
        assert!(!told.is_empty(), "{told}");
    })
    .await;
}

#[tokio::test]
async fn whoever_gets_past_the_database_altogether_is_noticed_at_the_next_seal() {
    in_each_separated_house(async |house| {
        use_it(&house, "one-report").await;
        let zeros =
            if house.services.store.is_shared() { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
        let rewritten = format!("UPDATE log_tile SET hashes = {zeros} || substr(hashes, 33)");
        assert_eq!(past_all(&house, "log_tile_only_grows", &rewritten).await, 1);
        house.file("reporter-bank", "other-report").await;
        let refused = log::seal(&house.services).await.expect_err("the tree is another one");
        assert!(format!("{refused:?}").contains("not the one that was signed"), "{refused:?}");
    })
    .await;
}
