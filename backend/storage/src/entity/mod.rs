//! Rows as the database has them. Private: nothing outside this crate sees a row.

pub(crate) mod access_entry;
pub(crate) mod account_link;
pub(crate) mod adopted_settings;
pub(crate) mod api_token;
pub(crate) mod attempt;
pub(crate) mod attempt_block;
pub(crate) mod attempt_strikes;
pub(crate) mod attempt_tally;
pub(crate) mod authorisation;
pub(crate) mod authorisation_use;
pub(crate) mod bootstrap_token;
pub(crate) mod ceremony;
pub(crate) mod change;
pub(crate) mod change_proposal;
pub(crate) mod erasure_under_way;
pub(crate) mod facts_revision;
pub(crate) mod filing;
pub(crate) mod guidance_issued;
pub(crate) mod incident;
pub(crate) mod incident_counter;
pub(crate) mod job;
pub(crate) mod legal_hold;
pub(crate) mod local_account;
pub(crate) mod log_checkpoint;
pub(crate) mod log_erasure;
pub(crate) mod log_erasure_note;
pub(crate) mod log_tile;
pub(crate) mod log_witness;
pub(crate) mod logout_token;
pub(crate) mod network_in_use;
pub(crate) mod obligation;
pub(crate) mod organisation;
pub(crate) mod pack_version;
pub(crate) mod passkey;
pub(crate) mod person;
pub(crate) mod recovery_code;
pub(crate) mod report_request;
pub(crate) mod retention_run;
pub(crate) mod review;
pub(crate) mod review_item;
pub(crate) mod session;
pub(crate) mod severity_confirmation;
pub(crate) mod timeline_entry;
pub(crate) mod trusted_provider;
pub(crate) mod unit_case;
pub(crate) mod use_hold;

/// The tables as the entities describe them, for the drift test.
#[cfg(feature = "testing")]
pub(crate) fn tables(schema: &sea_orm::Schema) -> Vec<sea_orm::sea_query::TableCreateStatement> {
    vec![
        schema.create_table_from_entity(access_entry::Entity),
        schema.create_table_from_entity(account_link::Entity),
        schema.create_table_from_entity(adopted_settings::Entity),
        schema.create_table_from_entity(api_token::Entity),
        schema.create_table_from_entity(attempt::Entity),
        schema.create_table_from_entity(attempt_block::Entity),
        schema.create_table_from_entity(attempt_strikes::Entity),
        schema.create_table_from_entity(attempt_tally::Entity),
        schema.create_table_from_entity(authorisation::Entity),
        schema.create_table_from_entity(authorisation_use::Entity),
        schema.create_table_from_entity(bootstrap_token::Entity),
        schema.create_table_from_entity(ceremony::Entity),
        schema.create_table_from_entity(change::Entity),
        schema.create_table_from_entity(change_proposal::Entity),
        schema.create_table_from_entity(facts_revision::Entity),
        schema.create_table_from_entity(filing::Entity),
        schema.create_table_from_entity(guidance_issued::Entity),
        schema.create_table_from_entity(incident::Entity),
        schema.create_table_from_entity(incident_counter::Entity),
        schema.create_table_from_entity(job::Entity),
        schema.create_table_from_entity(legal_hold::Entity),
        schema.create_table_from_entity(local_account::Entity),
        schema.create_table_from_entity(log_checkpoint::Entity),
        schema.create_table_from_entity(log_erasure::Entity),
        schema.create_table_from_entity(log_erasure_note::Entity),
        schema.create_table_from_entity(log_tile::Entity),
        schema.create_table_from_entity(log_witness::Entity),
        schema.create_table_from_entity(logout_token::Entity),
        schema.create_table_from_entity(network_in_use::Entity),
        schema.create_table_from_entity(obligation::Entity),
        schema.create_table_from_entity(organisation::Entity),
        schema.create_table_from_entity(pack_version::Entity),
        schema.create_table_from_entity(passkey::Entity),
        schema.create_table_from_entity(person::Entity),
        schema.create_table_from_entity(report_request::Entity),
        schema.create_table_from_entity(recovery_code::Entity),
        schema.create_table_from_entity(retention_run::Entity),
        schema.create_table_from_entity(erasure_under_way::Entity),
        schema.create_table_from_entity(review::Entity),
        schema.create_table_from_entity(review_item::Entity),
        schema.create_table_from_entity(session::Entity),
        schema.create_table_from_entity(severity_confirmation::Entity),
        schema.create_table_from_entity(timeline_entry::Entity),
        schema.create_table_from_entity(trusted_provider::Entity),
        schema.create_table_from_entity(unit_case::Entity),
        schema.create_table_from_entity(use_hold::Entity),
    ]
}
