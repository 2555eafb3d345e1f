//! The vault: keys for what is sealed in the database. A root key, which no database holds, wraps the keys of owners; an
//! organisation's key wraps those of its incidents; an incident's key seals what was written about it. Whoever destroys that
//! key erases the incident, in every backup of the data, too ([ADR 24](../../../docs/adr/0024-keys-that-can-be-thrown-away.md)).

#[expect(unreachable_pub, reason = "the derive wants its models public; the module itself is not")]
mod entity;
mod envelope;
mod ring;
mod root;
mod rotate;
mod seal_existing;
mod status;
mod sweep;
mod vault;

pub(crate) use envelope::Place;
pub use envelope::SealError;
pub(crate) use ring::{Ring, Sealer};
pub use root::{NoRootKey, RootKey, RootKeys};
pub use seal_existing::{is_sealed, seal_existing};
pub use status::{Status, count_without_key, without_key};
pub use sweep::{destroy_orphans, destroyed_incidents, orphans};
pub use vault::{Vault, is_empty};

/// The tables of the vault as its entities describe them.
#[cfg(feature = "testing")]
pub(crate) fn tables(schema: &sea_orm::Schema) -> Vec<sea_orm::sea_query::TableCreateStatement> {
    vec![
        schema.create_table_from_entity(entity::owner_key::Entity),
        schema.create_table_from_entity(entity::incident_key::Entity),
    ]
}
