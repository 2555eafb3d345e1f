//! Nobody changes what the log of use says: the database refuses it, whoever asks. A row is given its place in the tree
//! once. It can be deleted only while an erasure is under way, which is written down in `log_erasure` first, and nothing in
//! the tree can be taken away.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, pk_auto, timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const CHANGED: &str = "the log of use is only ever added to";
const DELETED: &str = "the log of use is erased at its deadline only, by an erasure that is written down";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut erasure = Table::create();
        erasure
            .table("log_erasure")
            .col(pk_auto("number").big_integer())
            .col(timestamp_with_time_zone("before"))
            .col(timestamp_with_time_zone("began_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(big_integer("entries"));
        manager.create_table(erasure).await?;
        let sql = match manager.get_database_backend() {
            DatabaseBackend::Postgres => postgres(),
            _ => sqlite(),
        };
        manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
    }
}

/// What differs between the row as it is and as it would be, beside the place that it gets once.
const DIFFERS: &str = "OLD.position IS NOT NULL OR NEW.position IS NULL OR NEW.sequence <> OLD.sequence \
    OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.text <> OLD.text OR NEW.salt <> OLD.salt \
    OR NEW.use_kind <> OLD.use_kind OR COALESCE(NEW.person_id <> OLD.person_id, NEW.person_id IS NOT NULL OR OLD.person_id IS NOT NULL) \
    OR COALESCE(NEW.incident_id <> OLD.incident_id, NEW.incident_id IS NOT NULL OR OLD.incident_id IS NOT NULL)";
/// No erasure is under way whose deadline the row has passed.
const NOT_DUE: &str = "NOT EXISTS (SELECT 1 FROM log_erasure WHERE ended_at IS NULL AND OLD.at < before)";

fn sqlite() -> String {
    let refuse = |name: &str, event: &str, table: &str, when: &str, why: &str| {
        format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END;"
        )
    };
    [
        refuse("access_entry_is_kept", "UPDATE", "access_entry", &format!("WHEN {DIFFERS}"), CHANGED),
        refuse("access_entry_is_due", "DELETE", "access_entry", &format!("WHEN {NOT_DUE}"), DELETED),
        refuse("log_tile_is_kept", "DELETE", "log_tile", "", CHANGED),
        refuse(
            "log_tile_only_grows",
            "UPDATE",
            "log_tile",
            "WHEN substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes OR NEW.level <> OLD.level OR NEW.place <> OLD.place",
            CHANGED,
        ),
        refuse("log_checkpoint_is_kept", "UPDATE", "log_checkpoint", "", CHANGED),
        refuse("log_checkpoint_stays", "DELETE", "log_checkpoint", "", CHANGED),
    ]
    .concat()
}

fn postgres() -> String {
    let refuse = |name: &str, event: &str, table: &str, when: &str, why: &str| {
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF {when} THEN RAISE EXCEPTION '{why}'; END IF; RETURN COALESCE(NEW, OLD); END $$; \
             CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();"
        )
    };
    let no_truncate = ["access_entry", "log_tile", "log_checkpoint"].map(|table| {
        format!(
            "CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION log_is_not_emptied();"
        )
    });
    [
        refuse("access_entry_is_kept", "UPDATE", "access_entry", DIFFERS, CHANGED),
        refuse("access_entry_is_due", "DELETE", "access_entry", NOT_DUE, DELETED),
        refuse("log_tile_is_kept", "DELETE", "log_tile", "true", CHANGED),
        refuse(
            "log_tile_only_grows",
            "UPDATE",
            "log_tile",
            "substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes OR NEW.level <> OLD.level OR NEW.place <> OLD.place",
            CHANGED,
        ),
        refuse("log_checkpoint_is_kept", "UPDATE OR DELETE", "log_checkpoint", "true", CHANGED),
        format!(
            "CREATE FUNCTION log_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION '{CHANGED}'; END $$;"
        ),
        no_truncate.concat(),
    ]
    .concat()
}
