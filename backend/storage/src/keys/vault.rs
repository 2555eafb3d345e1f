//! Where the keys are: made, found, destroyed.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;
use varsel_domain::{Ids, IncidentId, OrganisationId};
use zeroize::Zeroizing;

use super::entity::{incident_key, owner_key};
use super::envelope::{Key, Place, SealError, hexadecimal, sealed_with};
use super::root::RootKeys;
use crate::{Error, Result, Store};

/// Whose key seals the secrets of accounts.
const ACCOUNTS: &str = "accounts";
/// So many keys of incidents are remembered; then all are forgotten.
const REMEMBERED: usize = 20_000;
/// How often an incident is given a key while its organisation's is replaced again and again.
const TRIES: usize = 5;
/// How many ids go into one query.
const PART: usize = 500;

/// The vault. What it has unwrapped it remembers until [`forget`](Self::forget).
pub struct Vault {
    pub(super) store: Store,
    pub(super) roots: RootKeys,
    pub(super) ids: Arc<dyn Ids>,
    remembered: Mutex<Remembered>,
}

#[derive(Default)]
struct Remembered {
    /// The newest key of an owner, by its name.
    newest: HashMap<String, String>,
    owners: HashMap<String, Arc<Key>>,
    incidents: HashMap<Uuid, Arc<Key>>,
}

/// What became of an incident's key; none where it never had one.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Key(Arc<Key>),
    Destroyed,
}

/// Whether a migrated vault has no key of any owner yet, so that no root key wraps anything in it.
///
/// # Errors
/// The database failed.
pub async fn is_empty(vault: &Store) -> Result<bool> {
    Ok(owner_key::Entity::find().count(vault.connection()).await? == 0)
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("roots", &self.roots).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault of a migrated database.
    ///
    /// # Errors
    /// [`Error::RootMissing`] where it holds keys that none of these root keys wraps; the database failed.
    pub async fn open(store: Store, roots: RootKeys, ids: Arc<dyn Ids>) -> Result<Self> {
        let vault = Self { store, roots, ids, remembered: Mutex::default() };
        let missing = vault.status().await?.without_root;
        if missing.is_empty() {
            return Ok(vault);
        }
        Err(Error::RootMissing { missing, given: vault.roots.current().name().to_owned() })
    }

    /// The database that it is in.
    #[cfg(feature = "testing")]
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Forgets what it has unwrapped, so that what another server destroyed is no longer known here.
    pub fn forget(&self) {
        *self.remembered() = Remembered::default();
    }

    /// Makes the key of a new incident; one that is there is kept. It stays when the transaction that asked does not commit,
    /// until [`destroy_orphans`](super::destroy_orphans).
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] where it had one that was destroyed; the database failed.
    pub(crate) async fn make_incident_key(
        &self,
        organisation: OrganisationId,
        incident: IncidentId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let owner = owner_of(organisation);
        let mut made = self.insert_incident_key(&owner, incident, at).await;
        for _ in 1..TRIES {
            if !made.as_ref().is_err_and(is_replaced) {
                break;
            }
            self.forget();
            made = self.insert_incident_key(&owner, incident, at).await;
        }
        match made {
            Err(Error::AlreadyExists { table }) => {
                let found = self.find(&[incident.0]).await?;
                let is_there = matches!(found.get(&incident.0), Some(Found::Key(_)));
                if is_there { Ok(()) } else { Err(Error::AlreadyExists { table }) }
            }
            made => made,
        }
    }

    async fn insert_incident_key(&self, owner: &str, incident: IncidentId, at: DateTime<Utc>) -> Result<()> {
        let wrapping = self.owner_key(owner, at).await?;
        let (name, bytes) = (self.new_name(), Zeroizing::new(self.ids.secret()));
        let place = incident_place(incident.0, &name);
        let wrapped = wrapping.seal(place, &*bytes, self.ids.secret());
        let row = incident_key::ActiveModel {
            incident_id: Set(incident.0),
            name: Set(name.clone()),
            wrapped_by: Set(Some(wrapping.name().to_owned())),
            wrapped: Set(Some(wrapped.map_err(|problem| place.failed(problem))?)),
            made_at: Set(at),
            destroyed_at: Set(None),
        };
        let insert = incident_key::Entity::insert(row).exec_without_returning(self.store.connection());
        insert.await.map_err(Error::inserting("incident_key"))?;
        self.remember(incident.0, &Arc::new(Key::new(&name, &bytes)));
        Ok(())
    }

    /// The keys of these incidents, as far as they ever had one.
    pub(super) async fn find(&self, incidents: &[Uuid]) -> Result<HashMap<Uuid, Found>> {
        let mut found = HashMap::new();
        let mut unknown = Vec::new();
        {
            let remembered = self.remembered();
            for id in incidents {
                match remembered.incidents.get(id) {
                    Some(key) => drop(found.insert(*id, Found::Key(Arc::clone(key)))),
                    None => unknown.push(*id),
                }
            }
        }
        for part in unknown.chunks(PART) {
            let rows = incident_key::Entity::find()
                .filter(incident_key::Column::IncidentId.is_in(part.iter().copied()))
                .all(self.store.connection())
                .await?;
            for row in rows {
                found.insert(row.incident_id, self.unwrap_incident(row).await?);
            }
        }
        Ok(found)
    }

    /// The key of a row, also where a new key of its owner wraps it since the row was read.
    async fn unwrap_incident(&self, mut row: incident_key::Model) -> Result<Found> {
        loop {
            let missing = match self.unwrap_as_read(&row).await {
                Err(missing @ Error::OwnerKeyMissing { .. }) => missing,
                found => return found,
            };
            let now = incident_key::Entity::find_by_id(row.incident_id).one(self.store.connection()).await?;
            row = now.filter(|now| now.wrapped_by != row.wrapped_by).ok_or(missing)?;
        }
    }

    async fn unwrap_as_read(&self, row: &incident_key::Model) -> Result<Found> {
        let (Some(by), Some(wrapped)) = (&row.wrapped_by, &row.wrapped) else { return Ok(Found::Destroyed) };
        let wrapping = self.owner_key_named(by).await?;
        let key = unwrap(&wrapping, incident_place(row.incident_id, &row.name), wrapped)?;
        let key = Arc::new(Key::new(&row.name, &key));
        self.remember(row.incident_id, &key);
        Ok(Found::Key(key))
    }

    /// Destroys an incident's key: what was sealed with it opens nowhere any more. Nothing happens where there is none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn destroy(&self, incident: IncidentId, at: DateTime<Utc>) -> Result<()> {
        self.remembered().incidents.remove(&incident.0);
        incident_key::Entity::update_many()
            .col_expr(incident_key::Column::Wrapped, Expr::value(Option::<String>::None))
            .col_expr(incident_key::Column::WrappedBy, Expr::value(Option::<String>::None))
            .col_expr(incident_key::Column::DestroyedAt, Expr::value(at))
            .filter(incident_key::Column::IncidentId.eq(incident.0))
            .filter(incident_key::Column::DestroyedAt.is_null())
            .exec(self.store.connection())
            .await?;
        Ok(())
    }

    /// Destroys the keys of all incidents of an organisation, or of all organisations, that were made until `made_until`, and the keys that
    /// wrapped nothing else; how many of incidents. The keys of accounts stay. May be done again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn destroy_all(
        &self,
        organisation: Option<OrganisationId>,
        made_until: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<u64> {
        let (mut destroyed, mut names) = (0_u64, self.names_of(organisation).await?);
        loop {
            let found = self.destroy_wrapped(&names, made_until, at).await?;
            destroyed = destroyed.saturating_add(found);
            let listed = self.names_of(organisation).await?;
            // Somebody who renews keys meanwhile moves those of incidents from one that was looked at to one that was not.
            let new = listed.iter().any(|name| !names.contains(name));
            if found == 0 && !new {
                break;
            }
            names = listed;
        }
        self.forget();
        Ok(destroyed)
    }

    async fn names_of(&self, organisation: Option<OrganisationId>) -> Result<BTreeSet<String>> {
        let owners = owner_key::Entity::find().filter(match organisation {
            Some(organisation) => owner_key::Column::Owner.eq(owner_of(organisation)),
            None => owner_key::Column::Owner.ne(ACCOUNTS),
        });
        Ok(owners.all(self.store.connection()).await?.into_iter().map(|row| row.name).collect())
    }

    async fn destroy_wrapped(
        &self,
        names: &BTreeSet<String>,
        made_until: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<u64> {
        let mut destroyed = 0_u64;
        for name in names {
            let incidents = incident_key::Entity::update_many()
                .col_expr(incident_key::Column::Wrapped, Expr::value(Option::<String>::None))
                .col_expr(incident_key::Column::WrappedBy, Expr::value(Option::<String>::None))
                .col_expr(incident_key::Column::DestroyedAt, Expr::value(at))
                .filter(incident_key::Column::WrappedBy.eq(name.clone()))
                .filter(incident_key::Column::MadeAt.lte(made_until));
            let done = incidents.exec(self.store.connection()).await?.rows_affected;
            destroyed = destroyed.saturating_add(done);
            self.remove_unused(name).await?;
        }
        Ok(destroyed)
    }

    /// Takes what was destroyed out of the file of an embedded vault.
    ///
    /// # Errors
    /// The database failed, or another process reads the file.
    pub async fn scrub(&self) -> Result<()> {
        crate::retention::scrub(&self.store).await
    }

    /// The key that seals the secrets of accounts, made now if there is none.
    pub(crate) async fn accounts_key(&self, at: DateTime<Utc>) -> Result<Arc<Key>> {
        self.owner_key(ACCOUNTS, at).await
    }

    /// The owner's newest key, made now if there is none.
    pub(super) async fn owner_key(&self, owner: &str, at: DateTime<Utc>) -> Result<Arc<Key>> {
        let name = self.remembered().newest.get(owner).cloned();
        if let Some(name) = name {
            return self.owner_key_named(&name).await;
        }
        let newest = owner_key::Entity::find()
            .filter(owner_key::Column::Owner.eq(owner))
            .order_by_desc(owner_key::Column::MadeAt)
            .order_by_desc(owner_key::Column::Name)
            .limit(1)
            .one(self.store.connection())
            .await?;
        match newest {
            Some(row) => {
                self.remembered().newest.insert(owner.to_owned(), row.name.clone());
                self.unwrap_owner(&row)
            }
            None => self.make_owner_key(owner, at).await,
        }
    }

    pub(super) async fn make_owner_key(&self, owner: &str, at: DateTime<Utc>) -> Result<Arc<Key>> {
        let (name, bytes) = (self.new_name(), Zeroizing::new(self.ids.secret()));
        let wrapped = self.wrap_owner(owner, &name, &bytes)?;
        let row = owner_key::ActiveModel {
            name: Set(name.clone()),
            owner: Set(owner.to_owned()),
            wrapped: Set(wrapped),
            made_at: Set(at),
        };
        owner_key::Entity::insert(row).exec_without_returning(self.store.connection()).await?;
        let key = Arc::new(Key::new(&name, &bytes));
        let mut remembered = self.remembered();
        remembered.newest.insert(owner.to_owned(), name.clone());
        remembered.owners.insert(name, Arc::clone(&key));
        Ok(key)
    }

    pub(super) async fn owner_key_named(&self, name: &str) -> Result<Arc<Key>> {
        let remembered = self.remembered().owners.get(name).cloned();
        if let Some(key) = remembered {
            return Ok(key);
        }
        let row = owner_key::Entity::find_by_id(name.to_owned()).one(self.store.connection()).await?;
        match row {
            Some(row) => self.unwrap_owner(&row),
            None => Err(Error::OwnerKeyMissing { name: name.to_owned() }),
        }
    }

    fn unwrap_owner(&self, row: &owner_key::Model) -> Result<Arc<Key>> {
        let bytes = self.owner_bytes(row)?;
        let key = Arc::new(Key::new(&row.name, &bytes));
        self.remembered().owners.insert(row.name.clone(), Arc::clone(&key));
        Ok(key)
    }

    /// The bytes of an owner's key, to be wrapped by another root key.
    pub(super) fn owner_bytes(&self, row: &owner_key::Model) -> Result<Zeroizing<[u8; 32]>> {
        let by = sealed_with(&row.wrapped).unwrap_or_default();
        let root = self.roots.named(by).ok_or_else(|| Error::RootMissing {
            missing: vec![by.to_owned()],
            given: self.roots.current().name().to_owned(),
        })?;
        unwrap(root.key(), owner_place(&row.owner, &row.name).as_place(), &row.wrapped)
    }

    /// An owner's key, wrapped by the root key of today.
    pub(super) fn wrap_owner(&self, owner: &str, name: &str, bytes: &[u8; 32]) -> Result<String> {
        let owner_place = owner_place(owner, name);
        let place = owner_place.as_place();
        let wrapped = self.roots.current().key().seal(place, bytes, self.ids.secret());
        wrapped.map_err(|problem| place.failed(problem))
    }

    /// Eight bytes of chance in hexadecimal: keys are many, and no two of an incident may have one name.
    fn new_name(&self) -> String {
        hexadecimal(self.ids.secret().split_at(8).0)
    }

    fn remember(&self, incident: Uuid, key: &Arc<Key>) {
        let mut remembered = self.remembered();
        if remembered.incidents.len() >= REMEMBERED {
            remembered.incidents.clear();
        }
        remembered.incidents.insert(incident, Arc::clone(key));
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        // A panic elsewhere cannot leave a map of keys half written.
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether another server has replaced the organisation's key that this one knew.
fn is_replaced(error: &Error) -> bool {
    match error {
        Error::OwnerKeyMissing { .. } => true,
        Error::Database(error) => matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))),
        _ => false,
    }
}

/// The owner's name for an organisation.
pub(super) fn owner_of(organisation: OrganisationId) -> String {
    format!("organisation/{}", organisation.0)
}

/// The organisation of an owner's name; none for other owners.
pub(super) fn organisation_of(owner: &str) -> Option<OrganisationId> {
    owner.strip_prefix("organisation/")?.parse().ok().map(OrganisationId)
}

/// Where a wrapped key of an incident stands.
pub(super) fn incident_place(incident: Uuid, name: &str) -> Place<'_> {
    Place { table: "incident_key", column: name, row: incident, version: 0 }
}

/// Where a wrapped key of an owner stands.
pub(super) struct OwnerPlace(String);

pub(super) fn owner_place(owner: &str, name: &str) -> OwnerPlace {
    OwnerPlace(format!("{owner}/{name}"))
}

impl OwnerPlace {
    pub(super) fn as_place(&self) -> Place<'_> {
        Place { table: "owner_key", column: &self.0, row: Uuid::nil(), version: 0 }
    }
}

/// Unwraps the 256 bits of a key.
pub(super) fn unwrap(wrapping: &Key, place: Place<'_>, wrapped: &str) -> Result<Zeroizing<[u8; 32]>> {
    let bytes = wrapping.open(place, wrapped).map_err(|problem| place.failed(problem))?;
    let bytes = bytes.as_slice().try_into().map(Zeroizing::new).ok();
    bytes.ok_or_else(|| place.failed(SealError::Form))
}
