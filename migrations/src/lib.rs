//! The database schema: one concern per file, forward only, the same for SQLite and PostgreSQL.
//!
//! A change expands first and contracts in a later release, so that the running version keeps working beside it.
//! Nothing is filled in by the database, but for what PostgreSQL's row-level security reads (ADR 17): times and ids come
//! from the code, and a drift test in `storage` holds the entities to what stands here. A migration that changes rows of
//! incidents first sets `varsel.system` to `on` for its transaction; PostgreSQL shows it none otherwise.

mod m20261125_000001_create_organisation;
mod m20261125_000002_create_person;
mod m20261125_000003_create_session;
mod m20261125_000004_create_incident;
mod m20261125_000005_create_incident_counter;
mod m20261125_000006_create_facts_revision;
mod m20261125_000007_create_filing;
mod m20261125_000008_create_obligation;
mod m20261125_000009_create_unit_case;
mod m20261125_000010_create_guidance_issued;
mod m20261125_000011_create_timeline_entry;
mod m20261125_000012_create_change;
mod m20261125_000013_create_access_entry;
mod m20261125_000014_create_job;
mod m20261125_000015_add_natural_key_to_person;
mod m20261125_000016_create_change_proposal;
mod m20261125_000017_create_pack_version;
mod m20261125_000018_add_pack_version_to_incident;
mod m20261125_000040_create_api_token;
mod m20261126_000001_describe_session;
mod m20261126_000002_create_logout_token;
mod m20261126_000003_create_bootstrap_token;
mod m20261127_000001_create_authorisation;
mod m20261127_000002_create_authorisation_use;
mod m20261127_000003_create_review;
mod m20261127_000004_create_review_item;
mod m20261127_000005_add_reach_to_change_proposal;
mod m20261127_000006_authorise_existing_people;
mod m20261127_000020_create_local_account;
mod m20261127_000021_create_passkey;
mod m20261127_000022_create_recovery_code;
mod m20261127_000023_create_account_link;
mod m20261127_000024_create_ceremony;
mod m20261127_000030_create_trusted_provider;
mod m20261127_000040_add_units_to_incident;
mod m20261127_000041_hide_rows_beyond_the_scope;
mod m20261127_000060_create_attempt;
mod m20261127_000061_create_attempt_tally;
mod m20261127_000062_create_attempt_strikes;
mod m20261127_000063_create_attempt_block;
mod m20261127_000080_create_report_request;
mod m20261128_000001_prove_access_entry;
mod m20261128_000002_create_log_tile;
mod m20261128_000003_create_log_checkpoint;
mod m20261128_000004_keep_the_log_as_written;
mod m20261128_000021_create_severity_confirmation;
mod m20261128_000022_add_confirmed_severity_to_incident;
mod m20261128_000101_create_legal_hold;
mod m20261128_000102_create_retention_run;
mod m20261130_000001_erase_uses_by_function;
mod m20261130_000002_pin_what_guards_the_log;
mod m20261130_000015_create_log_erasure_note;
mod m20261130_000016_tell_which_places_were_emptied;
mod m20261130_000020_create_adopted_settings;
mod m20261130_000030_create_use_hold;
mod m20261130_000031_spare_uses_that_are_kept;
mod m20261130_000032_index_what_waits_for_its_place;
mod m20261130_000033_remember_what_was_sent;
mod m20261130_000034_create_erasure_under_way;
mod m20261130_000035_tell_whose_ceremonies_are_open;
mod m20261130_000036_remember_networks_in_use;
mod m20261130_000037_tell_uses_by_function;
mod m20261130_000038_shuffle_incident_numbers;
mod m20261130_000039_forget_digests_of_facts;
mod m20261130_000040_let_no_hold_outlast_five_years;
mod vault;

use std::collections::HashSet;

use sea_orm_migration::prelude::{DbErr, MigrationTrait, MigratorTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{
    ConnectionTrait as _, DatabaseBackend, DatabaseConnection, EntityName as _, EntityTrait as _, Statement,
};
use sea_orm_migration::seaql_migrations;

pub use m20261130_000001_erase_uses_by_function::CLOCK as CLOCK_OF_ERASURE;
pub use vault::VaultMigrator;

/// Brings a database to the newest schema.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m20261125_000001_create_organisation::Migration),
            Box::new(m20261125_000002_create_person::Migration),
            Box::new(m20261125_000003_create_session::Migration),
            Box::new(m20261125_000004_create_incident::Migration),
            Box::new(m20261125_000005_create_incident_counter::Migration),
            Box::new(m20261125_000006_create_facts_revision::Migration),
            Box::new(m20261125_000007_create_filing::Migration),
            Box::new(m20261125_000008_create_obligation::Migration),
            Box::new(m20261125_000009_create_unit_case::Migration),
            Box::new(m20261125_000010_create_guidance_issued::Migration),
            Box::new(m20261125_000011_create_timeline_entry::Migration),
            Box::new(m20261125_000012_create_change::Migration),
            Box::new(m20261125_000013_create_access_entry::Migration),
            Box::new(m20261125_000014_create_job::Migration),
            Box::new(m20261125_000015_add_natural_key_to_person::Migration),
            Box::new(m20261125_000016_create_change_proposal::Migration),
            Box::new(m20261125_000017_create_pack_version::Migration),
            Box::new(m20261125_000018_add_pack_version_to_incident::Migration),
            Box::new(m20261125_000040_create_api_token::Migration),
            Box::new(m20261126_000001_describe_session::Migration),
            Box::new(m20261126_000002_create_logout_token::Migration),
            Box::new(m20261126_000003_create_bootstrap_token::Migration),
            Box::new(m20261127_000001_create_authorisation::Migration),
            Box::new(m20261127_000002_create_authorisation_use::Migration),
            Box::new(m20261127_000003_create_review::Migration),
            Box::new(m20261127_000004_create_review_item::Migration),
            Box::new(m20261127_000005_add_reach_to_change_proposal::Migration),
            Box::new(m20261127_000006_authorise_existing_people::Migration),
            Box::new(m20261127_000020_create_local_account::Migration),
            Box::new(m20261127_000021_create_passkey::Migration),
            Box::new(m20261127_000022_create_recovery_code::Migration),
            Box::new(m20261127_000023_create_account_link::Migration),
            Box::new(m20261127_000024_create_ceremony::Migration),
            Box::new(m20261127_000030_create_trusted_provider::Migration),
            Box::new(m20261127_000040_add_units_to_incident::Migration),
            Box::new(m20261127_000041_hide_rows_beyond_the_scope::Migration),
            Box::new(m20261127_000060_create_attempt::Migration),
            Box::new(m20261127_000061_create_attempt_tally::Migration),
            Box::new(m20261127_000062_create_attempt_strikes::Migration),
            Box::new(m20261127_000063_create_attempt_block::Migration),
            Box::new(m20261127_000080_create_report_request::Migration),
            Box::new(m20261128_000001_prove_access_entry::Migration),
            Box::new(m20261128_000002_create_log_tile::Migration),
            Box::new(m20261128_000003_create_log_checkpoint::Migration),
            Box::new(m20261128_000004_keep_the_log_as_written::Migration),
            Box::new(m20261128_000021_create_severity_confirmation::Migration),
            Box::new(m20261128_000022_add_confirmed_severity_to_incident::Migration),
            Box::new(m20261128_000101_create_legal_hold::Migration),
            Box::new(m20261128_000102_create_retention_run::Migration),
        ];
        all.extend(since_the_log_is_pinned());
        all
    }
}

/// Those after the log of use and its proofs.
fn since_the_log_is_pinned() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261130_000001_erase_uses_by_function::Migration),
        Box::new(m20261130_000002_pin_what_guards_the_log::Migration),
        Box::new(m20261130_000015_create_log_erasure_note::Migration),
        Box::new(m20261130_000016_tell_which_places_were_emptied::Migration),
        Box::new(m20261130_000020_create_adopted_settings::Migration),
        Box::new(m20261130_000030_create_use_hold::Migration),
        Box::new(m20261130_000031_spare_uses_that_are_kept::Migration),
        Box::new(m20261130_000032_index_what_waits_for_its_place::Migration),
        Box::new(m20261130_000033_remember_what_was_sent::Migration),
        Box::new(m20261130_000034_create_erasure_under_way::Migration),
        Box::new(m20261130_000035_tell_whose_ceremonies_are_open::Migration),
        Box::new(m20261130_000036_remember_networks_in_use::Migration),
        Box::new(m20261130_000037_tell_uses_by_function::Migration),
        Box::new(m20261130_000038_shuffle_incident_numbers::Migration),
        Box::new(m20261130_000039_forget_digests_of_facts::Migration),
        Box::new(m20261130_000040_let_no_hold_outlast_five_years::Migration),
    ]
}

/// How many of this program's migrations the database lacks. Those that a newer program has applied do not count: they only add, so
/// that this one goes on working until it is replaced.
///
/// # Errors
/// The database failed.
pub async fn missing(db: &DatabaseConnection) -> Result<usize, DbErr> {
    let known = Migrator::migrations();
    if !SchemaManager::new(db).has_table(seaql_migrations::Entity.table_name()).await? {
        return Ok(known.len());
    }
    let applied = seaql_migrations::Entity::find().all(db).await?;
    let applied: HashSet<_> = applied.iter().map(|it| it.version.as_str()).collect();
    Ok(known.iter().filter(|it| !applied.contains(it.name())).count())
}

/// The schema of PostgreSQL in which the tables are, as it is written in a statement.
async fn schema_of(manager: &SchemaManager<'_>) -> Result<String, DbErr> {
    let sql = "SELECT quote_ident(current_schema()) AS name";
    let row = manager
        .get_connection()
        .query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql))
        .await?;
    row.ok_or_else(|| DbErr::Custom("there is no schema to make tables in".to_owned()))?.try_get("", "name")
}
