//! The versions at hand: which is in force when, and any other by its name, read once.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_domain::pack::{PackVersion, in_force};
use varsel_domain::rules::{Pack, PackFiles};
use varsel_storage::{Store, Tx, pack_version};

use super::comparison::Comparison;
use super::own::{self, Brought, Content};
use crate::report::receipt::hexadecimal;
use crate::{Error, Result};

/// Versions kept in memory, a few megabytes each; others are read again when they are asked for.
const KEPT: usize = 12;

/// Why a server cannot work with the versions that are stored.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The program's version is stored with other files.
    #[error(
        "the rule pack {version} of this program is not the {version} in the database: a version never changes. \
         Give the changed pack a new version in pack.yaml, or start the program that brought the stored one"
    )]
    Differs {
        /// The version.
        version: String,
    },
    /// Nothing that was published can be read.
    #[error("no rule pack that was published can be read ({0}): restore table pack_version from a backup")]
    Unreadable(String),
    /// The database failed.
    #[error(
        "the rule packs in the database cannot be read: {0}; is its schema the newest (`varsel migrate`)?"
    )]
    Storage(#[from] varsel_storage::Error),
}

/// What a comparison was made of: the version, the one in force, and how many incidents there were.
pub(super) type Compared = (String, String, u64);

/// The versions at hand; cheap to clone, one for the whole process.
#[derive(Debug, Clone)]
pub struct Shelf(Arc<RwLock<State>>);

#[derive(Debug)]
struct State {
    /// In force until the first of `scheduled` is.
    current: Arc<Pack>,
    /// Published and not yet in force when last looked at, the soonest first.
    scheduled: Vec<(DateTime<Utc>, Arc<Pack>)>,
    /// Versions that were read, the one used last at the end.
    read: Vec<Arc<Pack>>,
    /// Comparisons made, the newest at the end.
    compared: Vec<(Compared, Arc<Comparison>)>,
}

impl Shelf {
    /// Registers what the program brings along, its law first, and reads the schedule.
    ///
    /// # Errors
    /// [`ShelfError`]: the server must not start.
    pub async fn open(
        store: &Store,
        brought: &[Brought],
        content: Content,
        now: DateTime<Utc>,
    ) -> Result<Self, ShelfError> {
        own::register(store, brought, content, now).await?;
        let read: Vec<_> = brought.iter().map(|own| Arc::clone(&own.pack)).collect();
        let tx = store.begin_snapshot(&Scope::nothing()).await?;
        let mut begun = pack_version::list(&tx).await?;
        begun.retain(|version| version.in_force_from.is_some_and(|from| from <= now));
        begun.sort_by_key(|version| std::cmp::Reverse(version.in_force_from));
        let mut causes = Vec::new();
        let mut current = None;
        for version in &begun {
            let pack = match at_hand(&read, version) {
                Some(pack) => Ok(pack),
                None => load(&tx, version).await?,
            };
            match pack {
                Ok(pack) => {
                    current = Some(pack);
                    break;
                }
                Err(cause) => {
                    tracing::error!(pack.version = version.version, cause, "a stored rule pack is damaged");
                    causes.push(format!("{}: {cause}", version.version));
                }
            }
        }
        tx.commit().await?;
        let current = current.ok_or_else(|| ShelfError::Unreadable(causes.join("; ")))?;
        let shelf =
            Self(Arc::new(RwLock::new(State { current, scheduled: Vec::new(), read, compared: Vec::new() })));
        shelf.refresh(store, now).await?;
        Ok(shelf)
    }

    /// With one version, whatever is stored: for commands that assess nothing and register nothing.
    pub fn with_one(pack: Arc<Pack>) -> Self {
        let read = vec![Arc::clone(&pack)];
        Self(Arc::new(RwLock::new(State {
            current: pack,
            scheduled: Vec::new(),
            read,
            compared: Vec::new(),
        })))
    }

    /// The version in force at `now`.
    pub fn in_force(&self, now: DateTime<Utc>) -> Arc<Pack> {
        self.look(|state| {
            let begun = state.scheduled.iter().rev().find(|(from, _)| *from <= now);
            Arc::clone(begun.map_or(&state.current, |(_, pack)| pack))
        })
    }

    /// The version under which an incident was assessed, so that it keeps it. One that is not stored, or is damaged,
    /// is stood in for by the version in force: a report is taken all the same.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(&self, tx: &Tx, version: &str, now: DateTime<Utc>) -> Result<Arc<Pack>> {
        if let Some(pack) = self.find(tx, version).await? {
            return Ok(pack);
        }
        tracing::error!(
            pack.version = version,
            "no such rule pack can be read; the one in force stands in for it"
        );
        Ok(self.in_force(now))
    }

    /// A version by its name; none where it is not stored, or damaged.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, tx: &Tx, version: &str) -> Result<Option<Arc<Pack>>> {
        let at_hand = self.change(|state| {
            let place = state.read.iter().position(|pack| pack.version() == version)?;
            let pack = state.read.remove(place);
            state.read.push(Arc::clone(&pack));
            Some(pack)
        });
        if at_hand.is_some() {
            return Ok(at_hand);
        }
        let Some(stored) = pack_version::find(tx, version).await? else { return Ok(None) };
        match load(tx, &stored).await? {
            Ok(pack) => {
                self.keep(Arc::clone(&pack));
                Ok(Some(pack))
            }
            Err(cause) => {
                tracing::error!(pack.version = version, cause, "a stored rule pack is damaged");
                Ok(None)
            }
        }
    }

    /// Looks at the schedule again: another server may have published. One that cannot be read never replaces what
    /// works.
    ///
    /// # Errors
    /// The database failed; the schedule stays as it was.
    pub async fn refresh(&self, store: &Store, now: DateTime<Utc>) -> varsel_storage::Result<()> {
        let tx = store.begin_snapshot(&Scope::nothing()).await?;
        let versions = pack_version::list(&tx).await?;
        let mut current = self.in_force(now);
        if let Some(version) = in_force(&versions, now).filter(|it| it.version != current.version()) {
            current = self.readable(&tx, version).await?.unwrap_or(current);
        }
        let mut later: Vec<_> = versions
            .iter()
            .filter_map(|it| it.in_force_from.filter(|from| *from > now).zip(Some(it)))
            .collect();
        later.sort_by_key(|(from, _)| *from);
        let mut scheduled = Vec::new();
        for (from, version) in later {
            scheduled.extend(self.readable(&tx, version).await?.map(|pack| (from, pack)));
        }
        tx.commit().await?;
        self.change(|state| {
            if state.current.version() != current.version() {
                tracing::info!(pack.version = current.version(), "the rule pack in force");
            }
            state.current = current;
            state.scheduled = scheduled;
        });
        Ok(())
    }

    /// A published version, at hand or read now; what cannot be read is said loudly and left out.
    async fn readable(&self, tx: &Tx, version: &PackVersion) -> varsel_storage::Result<Option<Arc<Pack>>> {
        if let Some(pack) = self.look(|state| at_hand(&state.read, version)) {
            return Ok(Some(pack));
        }
        let loaded = load(tx, version).await?;
        match &loaded {
            Ok(pack) => self.keep(Arc::clone(pack)),
            Err(cause) => tracing::error!(
                pack.version = version.version,
                cause,
                "a published rule pack is damaged: the one before it stays in force here"
            ),
        }
        Ok(loaded.ok())
    }

    fn keep(&self, pack: Arc<Pack>) {
        self.change(|state| {
            state.read.retain(|known| known.version() != pack.version());
            state.read.push(pack);
            let over = state.read.len().saturating_sub(KEPT);
            state.read.drain(..over);
        });
    }

    /// A comparison that was made, if nothing was reported since.
    pub(super) fn comparison(&self, key: &Compared) -> Option<Arc<Comparison>> {
        self.look(|state| state.compared.iter().find(|(made, _)| made == key).map(|(_, found)| found.clone()))
    }

    /// Keeps a comparison in the place of an older one of the same versions.
    pub(super) fn keep_comparison(&self, key: Compared, found: Arc<Comparison>) {
        self.change(|state| {
            state.compared.retain(|((new, old, _), _)| (new, old) != (&key.0, &key.1));
            state.compared.push((key, found));
            let over = state.compared.len().saturating_sub(KEPT);
            state.compared.drain(..over);
        });
    }

    // A panic elsewhere cannot leave the shelf in a bad state: every change is a whole one.
    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn at_hand(read: &[Arc<Pack>], version: &PackVersion) -> Option<Arc<Pack>> {
    read.iter().find(|pack| pack.version() == version.version).cloned()
}

/// A version as it is stored, read for this once; or why it cannot be.
///
/// # Errors
/// The database failed.
pub(crate) async fn stored(tx: &Tx, version: &str) -> Result<Result<Arc<Pack>, String>> {
    match pack_version::find(tx, version).await? {
        Some(stored) => Ok(load(tx, &stored).await?),
        None => Ok(Err("it is not stored".to_owned())),
    }
}

/// Reads a stored version, or says what is wrong with it.
async fn load(tx: &Tx, version: &PackVersion) -> varsel_storage::Result<Result<Arc<Pack>, String>> {
    let files = pack_version::files(tx, &version.version).await?.unwrap_or_default();
    if hexadecimal(files.as_bytes()) != version.content_sha256 {
        return Ok(Err("its files are not those that were received".to_owned()));
    }
    let read = serde_json::from_str::<PackFiles>(&files).map_err(|error| error.to_string());
    let pack = read.and_then(|files| {
        let refused = |refusals: Vec<_>| refusals.first().map(ToString::to_string).unwrap_or_default();
        Pack::from_files(&files).map_err(refused)
    });
    Ok(pack.map(Arc::new))
}

impl From<ShelfError> for Error {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Storage(error) => Self::Storage(error),
            other => Self::Internal(other.to_string()),
        }
    }
}
