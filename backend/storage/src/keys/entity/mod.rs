//! Rows of the vault.

pub(super) mod incident_key;
pub(super) mod owner_key;
