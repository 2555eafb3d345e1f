//! The log of use keeps itself: places, checkpoints, and what is noticed when somebody has been at it.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use varsel_domain::authz::Scope;
use varsel_log::Hash;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::proof::{consistency, continues, root_from};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{incident, log};
use varsel_storage::access_log::{self, Sought};
use varsel_storage::log_tree;

async fn execute(house: &House, sql: &str) -> Result<u64, String> {
    let connection = house.services.store.connection();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection
        .execute_raw(statement)
        .await
        .map(|done| done.rows_affected())
        .map_err(|error| error.to_string())
}

/// Opens an incident some times, so that there is something to log.
async fn use_it(house: &House, times: usize) {
    let (own, _) = house.file("reporter-energy", &format!("report-{times}")).await;
    let request = house.request("officer-sektorcert").await;
    for _ in 0..times {
        incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
    }
}

async fn leaves(house: &House) -> BTreeMap<u64, Hash> {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let all = access_log::list(&tx, &Sought::default(), None, 10_000).await.unwrap();
    let leaf =
        |it: access_log::LoggedEntry| Some((it.position?, Hash::of_entry(&it.salt, it.text.as_bytes())));
    all.into_iter().filter_map(|(_, it)| leaf(it)).collect()
}

#[tokio::test]
async fn every_entry_gets_its_place_and_each_checkpoint_continues_the_one_before() {
    in_each_house(async |house| {
        let mut before: Option<Checkpoint> = None;
        for times in [3, 300, 1] {
            use_it(&house, times).await;
            let made = log::seal(&house.services).await.unwrap().expect("something waited");
            let leaves = leaves(&house).await;
            assert_eq!(root_from(made.size, &leaves, &[]), Some(made.root), "all entries, and nothing else");
            if let Some(before) = before {
                let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
                let asked = varsel_log::tile::Asked::default();
                consistency(&asked, before.size, made.size).unwrap();
                let tiles = log_tree::tiles(&tx, &asked.into_ids()).await.unwrap();
                let proof = consistency(&tiles, before.size, made.size).unwrap();
                assert!(continues((before.size, before.root), (made.size, made.root), &proof));
            }
            before = Some(made);
        }
        assert_eq!(log::seal(&house.services).await.unwrap(), None, "nothing waits");
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_what_was_logged() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        for sealed in [false, true] {
            if sealed {
                log::seal(&house.services).await.unwrap().expect("something waited");
            }
            for sql in [
                "UPDATE access_entry SET text = replace(text, 'opened', 'listed')",
                "UPDATE access_entry SET person_id = NULL",
                "UPDATE access_entry SET position = NULL",
                "DELETE FROM access_entry",
            ] {
                let refused = execute(&house, sql).await.expect_err(sql);
                assert!(refused.contains("the log of use is"), "{refused}");
            }
        }
        for sql in [
            "UPDATE access_entry SET position = position + 1",
            "UPDATE log_checkpoint SET size = size + 1",
            "DELETE FROM log_checkpoint",
            "DELETE FROM log_tile",
            "UPDATE log_tile SET place = place + 1",
        ] {
            execute(&house, sql).await.expect_err(sql);
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_gets_past_the_database_is_noticed_at_the_next_checkpoint() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        log::seal(&house.services).await.unwrap().expect("something waited");
        // The tree was brought back to an older state, or rewritten, by somebody who owns the database.
        let connection = house.services.store.connection();
        let postgres = connection.get_database_backend() == sea_orm::DatabaseBackend::Postgres;
        let without = if postgres {
            "DROP TRIGGER log_tile_only_grows ON log_tile"
        } else {
            "DROP TRIGGER log_tile_only_grows"
        };
        execute(&house, without).await.unwrap();
        let zeros = if postgres { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
        let rewritten = format!("UPDATE log_tile SET hashes = {zeros} || substr(hashes, 33)");
        assert!(execute(&house, &rewritten).await.unwrap() > 0);
        use_it(&house, 1).await;
        let refused = log::seal(&house.services).await.expect_err("the tree is another one");
        assert!(format!("{refused:?}").contains("not the one that was signed"), "{refused:?}");
    })
    .await;
}
