//! What is sealed, for tests that look behind the back of everything.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait, IntoActiveModel as _};
use serde_json::Value;
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, OrganisationId, RandomIds};

use crate::entity::facts_revision;
use crate::keys::{RootKey, RootKeys, Sealer, Vault};
use crate::revision::place;
use crate::{Error, Result, Store};

/// A stored revision of an incident, in clear.
#[derive(Debug, Clone, PartialEq)]
pub struct Clear {
    /// Whose it is.
    pub incident: IncidentId,
    /// Its id.
    pub revision: uuid::Uuid,
    /// Facts.
    pub facts: Value,
    /// Assessment.
    pub assessment: Value,
}

/// Opens what a server keeps: its database, and the vault `keys.db` with `root.key` in its data directory, or with PostgreSQL
/// the vault in the database itself.
///
/// # Errors
/// The database failed; there is no root key.
pub async fn open(url: &str, data: &Path) -> Result<Store> {
    let store = Store::connect(url).await?;
    let beside = format!("sqlite://{}", data.join("keys.db").display());
    let keys = Store::connect_to_vault(if store.is_shared() { url } else { &beside }).await?;
    let missing = |error: &dyn std::fmt::Display| Error::Address(format!("root.key: {error}"));
    let root = std::fs::read_to_string(data.join("root.key")).map_err(|error| missing(&error))?;
    let root = RootKey::parse(&root).map_err(|error| missing(&error))?;
    let vault =
        Vault::open(keys, RootKeys::new(root, Vec::new()), Arc::new(RandomIds::from_system())).await?;
    Ok(store.with_vault(Arc::new(vault)))
}

/// Every revision, in clear; none of incidents whose key was destroyed.
///
/// # Errors
/// One does not open; the database failed.
pub async fn revisions(store: &Store) -> Result<Vec<Clear>> {
    each(store, |key, row| {
        Ok(Clear {
            incident: IncidentId(row.incident_id),
            revision: row.id,
            facts: facts_of(key, row)?,
            assessment: key.open_json(place("assessment", row.id, row.revision), &row.assessment)?,
        })
    })
    .await
}

/// The facts of every revision, in clear, without their assessments; none of incidents whose key was destroyed.
///
/// # Errors
/// As [`revisions`].
pub async fn facts(store: &Store) -> Result<Vec<Value>> {
    each(store, facts_of).await
}

fn facts_of(key: &Sealer<'_>, row: &facts_revision::Model) -> Result<Value> {
    key.open_json(place("facts", row.id, row.revision), &row.facts)
}

/// What is opened of every revision whose key is still there.
async fn each<T>(
    store: &Store,
    opened: impl Fn(&Sealer<'_>, &facts_revision::Model) -> Result<T>,
) -> Result<Vec<T>> {
    let tx = store.begin(&Scope::system()).await?;
    let rows = facts_revision::Entity::find().all(tx.db()).await?;
    let keys = tx.ring(&rows.iter().map(|row| row.incident_id).collect::<Vec<_>>()).await?;
    let mut clear = Vec::new();
    for row in &rows {
        let Some(key) = keys.sealer(row.incident_id)? else { continue };
        clear.push(opened(&key, row)?);
    }
    Ok(clear)
}

/// Changes stored assessments, as somebody with the keys could; `edit` is given
/// the incident and the number of the revision, and says whether it changed one. How many.
///
/// # Errors
/// One does not open; the database failed.
pub async fn edit_assessments(
    store: &Store,
    edit: impl Fn(IncidentId, i32, &mut Value) -> bool,
) -> Result<usize> {
    let tx = store.begin(&Scope::system()).await?;
    let mut changed = 0_usize;
    for row in facts_revision::Entity::find().all(tx.db()).await? {
        let sealer = tx.sealer(IncidentId(row.incident_id)).await?;
        let here = place("assessment", row.id, row.revision);
        let mut assessment = sealer.open_json(here, &row.assessment)?;
        if edit(IncidentId(row.incident_id), row.revision, &mut assessment) {
            let mut row = row.into_active_model();
            row.assessment = Set(sealer.seal_json(here, &assessment)?);
            row.update(tx.db()).await?;
            changed = changed.saturating_add(1);
        }
    }
    tx.commit().await?;
    Ok(changed)
}

/// Does with keys and ciphers what a report does: a key for a new incident, then facts, assessment and texts of the timeline.
///
/// # Errors
/// The database failed.
pub async fn seal_as_a_report(
    store: &Store,
    (organisation, incident): (OrganisationId, IncidentId),
    at: DateTime<Utc>,
    (clear, texts): (&Clear, &[String]),
) -> Result<usize> {
    store.vault()?.make_incident_key(organisation, incident, at).await?;
    let tx = store.begin(&Scope::system()).await?;
    let key = tx.sealer(incident).await?;
    let mut sealed = vec![
        key.seal_json(place("facts", clear.revision, 1), &clear.facts)?,
        key.seal_json(place("assessment", clear.revision, 1), &clear.assessment)?,
    ];
    for text in texts {
        sealed.push(key.seal_json(crate::timeline::place(clear.revision), text)?);
    }
    Ok(sealed.len())
}
