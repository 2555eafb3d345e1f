//! What a program brings along: the law built into it, or that of a directory, and drafts to look at.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::pack::{PackVersion, newest_published};
use varsel_domain::rules::{Pack, PackFiles};
use varsel_storage::{Store, Tx, pack_version};

use super::shelf::ShelfError;
use crate::report::receipt::hexadecimal;

/// Who sent what came with the program.
const PROGRAM: &str = "Varsel";

/// A version that the program brings along, checked.
#[derive(Debug, Clone)]
pub struct Brought {
    pub(super) pack: Arc<Pack>,
    pub(super) files: String,
    pub(super) sha256: String,
}

impl Brought {
    /// `pack` is what `files` were found to be.
    pub fn new(pack: Arc<Pack>, files: &PackFiles) -> Self {
        let files = files.canonical();
        Self { pack, sha256: hexadecimal(files.as_bytes()), files }
    }

    /// Stores it as received, and no more.
    ///
    /// # Errors
    /// The database failed.
    #[cfg(feature = "testing")]
    pub(crate) async fn store(&self, store: &Store, now: DateTime<Utc>) -> varsel_storage::Result<()> {
        let tx = store.begin(&Scope::nothing()).await?;
        pack_version::insert(&tx, &self.version(now), &self.files).await?;
        tx.commit().await
    }

    pub(crate) fn version(&self, now: DateTime<Utc>) -> PackVersion {
        PackVersion {
            version: self.pack.version().to_owned(),
            pack: self.pack.id().to_owned(),
            draft: self.pack.is_draft(),
            content_sha256: self.sha256.clone(),
            received_at: now,
            received_by: None,
            received_by_name: PROGRAM.to_owned(),
            in_force_from: None,
            change: None,
        }
    }
}

/// May a version that is stored get other files?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Never: assessments name it, and are replayed years later.
    Immutable,
    /// In the demo, where somebody is writing the law: the newest files count.
    Replaceable,
}

/// Registers what is not there yet. The first law on an empty shelf is in force at once; a later one waits until it
/// is published, whatever it is called.
pub(super) async fn register(
    store: &Store,
    brought: &[Brought],
    content: Content,
    now: DateTime<Utc>,
) -> Result<(), ShelfError> {
    let tx = store.begin(&Scope::nothing()).await?;
    let mut is_empty = newest_published(&pack_version::list(&tx).await?).is_none();
    for own in brought {
        let mut version = own.version(now);
        if is_empty && !version.draft {
            version.in_force_from = Some(now);
            is_empty = false;
        }
        if pack_version::insert(&tx, &version, &own.files).await? {
            let PackVersion { version, in_force_from, draft, .. } = version;
            tracing::info!(
                pack.version = version,
                in_force = in_force_from.is_some(),
                draft,
                "a rule pack is new"
            );
        } else {
            keep_or_replace(&tx, own, &version, content).await?;
        }
    }
    Ok(tx.commit().await?)
}

async fn keep_or_replace(
    tx: &Tx,
    own: &Brought,
    version: &PackVersion,
    content: Content,
) -> Result<(), ShelfError> {
    let stored = pack_version::find(tx, &version.version).await?;
    if stored.is_some_and(|stored| stored.content_sha256 == own.sha256) {
        return Ok(());
    }
    match content {
        Content::Immutable => Err(ShelfError::Differs { version: version.version.clone() }),
        Content::Replaceable => {
            tracing::warn!(pack.version = version.version, "the rule pack's files are others now");
            Ok(pack_version::replace(tx, version, &own.files).await?)
        }
    }
}
