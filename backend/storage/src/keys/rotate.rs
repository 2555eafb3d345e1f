//! Keys are replaced while everybody works: what wraps changes, what is wrapped stays, so that nothing sealed is written anew.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr};
use varsel_domain::OrganisationId;

use super::entity::{incident_key, owner_key};
use super::envelope::sealed_with;
use super::vault::{Vault, incident_place, organisation_of, owner_of, unwrap};
use crate::{Error, Result};

/// So many keys are wrapped anew in one step.
const PART: u64 = 200;

impl Vault {
    /// Wraps every owner's key with the root key of today that another one wraps: afterwards that one is needed no more.
    /// How many; may be done again at any time.
    ///
    /// # Errors
    /// [`Error::RootMissing`]; the database failed: what is done is done.
    pub async fn rewrap(&self) -> Result<u64> {
        let mut done = 0_u64;
        let mut after = String::new();
        loop {
            let part = owner_key::Entity::find()
                .filter(owner_key::Column::Name.gt(after.clone()))
                .order_by_asc(owner_key::Column::Name)
                .limit(PART)
                .all(self.store.connection())
                .await?;
            let Some(last) = part.last() else { return Ok(done) };
            after.clone_from(&last.name);
            for row in part {
                if sealed_with(&row.wrapped) != Some(self.roots.current().name()) {
                    done = done.saturating_add(self.rewrap_owner(row).await?);
                }
            }
        }
    }

    async fn rewrap_owner(&self, row: owner_key::Model) -> Result<u64> {
        let bytes = self.owner_bytes(&row)?;
        let wrapped = self.wrap_owner(&row.owner, &row.name, &bytes)?;
        let update = owner_key::Entity::update_many()
            .col_expr(owner_key::Column::Wrapped, Expr::value(wrapped))
            .filter(owner_key::Column::Name.eq(row.name))
            .filter(owner_key::Column::Wrapped.eq(row.wrapped));
        Ok(update.exec(self.store.connection()).await?.rows_affected)
    }

    /// Gives an organisation a new key, wraps the keys of its incidents with it, and destroys the one before. How many keys of
    /// incidents; whoever reports meanwhile notices nothing.
    ///
    /// # Errors
    /// The database failed: then both keys are there, and a second call goes on.
    pub async fn renew(&self, organisation: OrganisationId, at: DateTime<Utc>) -> Result<u64> {
        let owner = owner_of(organisation);
        let mut old = self.keys_of(&owner).await?;
        if old.is_empty() {
            return Ok(0);
        }
        let new = self.make_owner_key(&owner, at).await?;
        let mut done = 0_u64;
        // As long as another server, which has not heard of the new key, adds to the old one.
        while !old.is_empty() {
            for name in &old {
                done = done.saturating_add(self.move_incidents(name, &new).await?);
            }
            for name in &old {
                self.remove_unused(name).await?;
            }
            old = self.keys_of(&owner).await?;
            old.retain(|name| name != new.name());
        }
        Ok(done)
    }

    /// The organisations that have a key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organisations(&self) -> Result<Vec<OrganisationId>> {
        let owners: Vec<String> = owner_key::Entity::find()
            .select_only()
            .column(owner_key::Column::Owner)
            .distinct()
            .order_by_asc(owner_key::Column::Owner)
            .into_tuple()
            .all(self.store.connection())
            .await?;
        Ok(owners.iter().filter_map(|owner| organisation_of(owner)).collect())
    }

    async fn keys_of(&self, owner: &str) -> Result<Vec<String>> {
        let rows = owner_key::Entity::find().filter(owner_key::Column::Owner.eq(owner));
        Ok(rows.all(self.store.connection()).await?.into_iter().map(|row| row.name).collect())
    }

    async fn move_incidents(&self, from: &str, to: &super::envelope::Key) -> Result<u64> {
        let old = self.owner_key_named(from).await?;
        let mut done = 0_u64;
        loop {
            let part = incident_key::Entity::find()
                .filter(incident_key::Column::WrappedBy.eq(from))
                .limit(PART)
                .all(self.store.connection())
                .await?;
            if part.is_empty() {
                return Ok(done);
            }
            for row in part {
                let Some(wrapped) = row.wrapped else { continue };
                let place = incident_place(row.incident_id, &row.name);
                let bytes = unwrap(&old, place, &wrapped)?;
                let anew = to.seal(place, &*bytes, self.ids.secret());
                let anew = anew.map_err(|problem| place.failed(problem))?;
                let update = incident_key::Entity::update_many()
                    .col_expr(incident_key::Column::Wrapped, Expr::value(anew))
                    .col_expr(incident_key::Column::WrappedBy, Expr::value(to.name()))
                    .filter(incident_key::Column::IncidentId.eq(row.incident_id))
                    .filter(incident_key::Column::WrappedBy.eq(from));
                done = done.saturating_add(update.exec(self.store.connection()).await?.rows_affected);
            }
        }
    }

    /// Removes an owner's key, unless one of an incident still needs it: the database itself refuses that.
    pub(super) async fn remove_unused(&self, name: &str) -> Result<()> {
        let delete = owner_key::Entity::delete_by_id(name.to_owned()).exec(self.store.connection());
        match delete.await {
            Err(error) if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))) => Ok(()),
            Err(error) => Err(Error::Database(error)),
            Ok(_) => {
                self.forget();
                Ok(())
            }
        }
    }

    /// How many keys of incidents there are, destroyed ones not counted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn incidents(&self) -> Result<u64> {
        let living = incident_key::Entity::find().filter(incident_key::Column::DestroyedAt.is_null());
        Ok(living.count(self.store.connection()).await?)
    }
}
