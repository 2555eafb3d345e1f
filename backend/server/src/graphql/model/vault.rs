//! The vault of keys, and proposals to replace keys.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use varsel_services::keys::{self, What};

use super::attempt::number;
use super::{DateTime, Text};

/// The vault of the keys with which everything that was written about incidents is sealed: counts and names of root keys, never an
/// incident.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Vault {
    /// The name of the root key with which this server wraps. It says nothing about the key.
    root: String,
    /// The root keys that wrap something: any but `root` is retired, and still needed.
    roots: Vec<VaultRoot>,
    /// How many incidents have a key.
    incidents: f64,
    /// How many keys were destroyed.
    destroyed: f64,
    /// How many incidents have no key, so that nobody can read them: none, unless something is wrong.
    without_key: f64,
    /// What two have approved and no server has done yet, oldest first.
    approved: Vec<ApprovedReplacement>,
    /// The last ten replacements, newest first.
    replacements: Vec<KeyReplacement>,
}

/// A root key that wraps something.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct VaultRoot {
    /// Its name.
    name: String,
    /// How many keys of organisations and accounts it wraps.
    keys: f64,
    /// This server can unwrap with it.
    known: bool,
}

/// A replacement that is approved and not done yet.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ApprovedReplacement {
    change_id: ID,
    title: Text,
    approved_at: DateTime,
}

/// What was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "What")]
pub(crate) enum ReplacedKey {
    /// Keys of organisations.
    Renewed,
    /// A root key.
    RootReplaced,
}

/// Keys that were replaced.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct KeyReplacement {
    at: DateTime,
    what: ReplacedKey,
    /// How many keys were wrapped anew.
    keys: f64,
    /// The critical change that two approved; null where whoever runs the server did it alone.
    change_id: Option<ID>,
    /// Why they did it alone.
    reason: Option<String>,
}

impl From<keys::Vault> for Vault {
    fn from(vault: keys::Vault) -> Self {
        let root = |it: keys::Root| VaultRoot { name: it.name, keys: number(it.keys), known: it.known };
        let approved = |it: keys::Approved| ApprovedReplacement {
            change_id: it.change.to_string().into(),
            title: (&it.title).into(),
            approved_at: it.at.into(),
        };
        Self {
            root: vault.root,
            roots: vault.roots.into_iter().map(root).collect(),
            incidents: number(vault.incidents),
            destroyed: number(vault.destroyed),
            without_key: number(vault.without_key),
            approved: vault.approved.into_iter().map(approved).collect(),
            replacements: vault.replacements.into_iter().map(KeyReplacement::from).collect(),
        }
    }
}

impl From<keys::Replacement> for KeyReplacement {
    fn from(it: keys::Replacement) -> Self {
        Self {
            at: it.at.into(),
            what: it.what.into(),
            keys: number(it.keys),
            change_id: it.change.map(|change| change.to_string().into()),
            reason: it.reason,
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeKeyRenewalInput {
    /// Of the organisation with this CVR number; of all organisations where it is null.
    pub(crate) cvr: Option<String>,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeRootReplacementInput {
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}
