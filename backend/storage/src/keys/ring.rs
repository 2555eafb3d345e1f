//! The keys of the incidents that a query reads, fetched at once.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;
use varsel_domain::IncidentId;

use super::envelope::{Key, Place, SealError};
use super::vault::{Found, Vault};
use crate::{Error, Result, Tx};

/// The keys of some incidents.
#[derive(Debug)]
pub(crate) struct Ring<'a> {
    vault: &'a Vault,
    found: HashMap<Uuid, Found>,
}

/// Seals and opens what was written about one incident.
#[derive(Debug)]
pub(crate) struct Sealer<'a> {
    vault: &'a Vault,
    key: Arc<Key>,
}

impl Tx {
    /// The keys of these incidents.
    pub(crate) async fn ring(&self, incidents: &[Uuid]) -> Result<Ring<'_>> {
        let vault = self.vault()?;
        Ok(Ring { vault, found: vault.find(incidents).await? })
    }

    /// The key of one incident that is written to.
    ///
    /// # Errors
    /// [`Error::KeyMissing`] where it has none, or none any longer.
    pub(crate) async fn sealer(&self, incident: IncidentId) -> Result<Sealer<'_>> {
        let missing = || Error::KeyMissing { incident: incident.0.to_string() };
        self.ring(&[incident.0]).await?.sealer(incident.0)?.ok_or_else(missing)
    }

    /// Seals and opens the secrets of accounts.
    pub(crate) async fn sealer_of_accounts(&self, now: DateTime<Utc>) -> Result<Sealer<'_>> {
        let vault = self.vault()?;
        Ok(Sealer { vault, key: vault.accounts_key(now).await? })
    }
}

impl<'a> Ring<'a> {
    /// What opens an incident's rows; none where its key was destroyed: then it is erased, and no longer there.
    ///
    /// # Errors
    /// [`Error::KeyMissing`] where it never had one.
    pub(crate) fn sealer(&self, incident: Uuid) -> Result<Option<Sealer<'a>>> {
        match self.found.get(&incident) {
            Some(Found::Key(key)) => Ok(Some(Sealer { vault: self.vault, key: Arc::clone(key) })),
            Some(Found::Destroyed) => Ok(None),
            None => Err(Error::KeyMissing { incident: incident.to_string() }),
        }
    }

    /// What rows hold, but for rows of incidents whose key was destroyed.
    ///
    /// # Errors
    /// As [`sealer`](Self::sealer); what `open` says.
    pub(crate) fn open_all<R, T>(
        &self,
        rows: Vec<R>,
        incident: impl Fn(&R) -> Uuid,
        open: impl Fn(R, &Sealer<'a>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut opened = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(sealer) = self.sealer(incident(&row))? {
                opened.push(open(row, &sealer)?);
            }
        }
        Ok(opened)
    }

    /// Whether an incident's key was destroyed.
    pub(crate) fn is_destroyed(&self, incident: Uuid) -> bool {
        matches!(self.found.get(&incident), Some(Found::Destroyed))
    }
}

impl Sealer<'_> {
    /// A value for a JSON column.
    pub(crate) fn seal_json(&self, place: Place<'_>, value: &impl Serialize) -> Result<Value> {
        let bytes = serde_json::to_vec(value);
        let bytes = bytes.map_err(|error| place.failed(SealError::Content(error.to_string())))?;
        Ok(Value::String(self.seal(place, &bytes)?))
    }

    /// The value of a JSON column.
    pub(crate) fn open_json<T: DeserializeOwned>(&self, place: Place<'_>, sealed: &Value) -> Result<T> {
        let sealed = sealed.as_str().ok_or_else(|| place.failed(SealError::Form))?;
        let bytes = self.key.open(place, sealed).map_err(|problem| place.failed(problem))?;
        let read = serde_json::from_slice(&bytes);
        read.map_err(|error| place.failed(SealError::Content(error.to_string())))
    }

    /// A text.
    pub(crate) fn seal_text(&self, place: Place<'_>, text: &str) -> Result<String> {
        self.seal(place, text.as_bytes())
    }

    /// The text.
    pub(crate) fn open_text(&self, place: Place<'_>, sealed: &str) -> Result<String> {
        let bytes = self.key.open(place, sealed).map_err(|problem| place.failed(problem))?;
        let text = String::from_utf8(bytes.to_vec());
        text.map_err(|error| place.failed(SealError::Content(error.to_string())))
    }

    fn seal(&self, place: Place<'_>, bytes: &[u8]) -> Result<String> {
        let sealed = self.key.seal(place, bytes, self.vault.ids.secret());
        sealed.map_err(|problem| place.failed(problem))
    }
}
