//! Organisations.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use varsel_domain::OrganisationId;
use varsel_domain::organisation::Organisation;

use crate::entity::organisation::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// Text as searches compare it: the database folds only ASCII, and not both databases alike.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Adds an organisation.
///
/// # Errors
/// [`Error::AlreadyExists`] when its CVR number is registered; the database failed.
pub async fn insert(tx: &Tx, organisation: &Organisation) -> Result<()> {
    let row = ActiveModel {
        id: Set(organisation.id.0),
        name: Set(organisation.name.clone()),
        search_name: Set(folded(&organisation.name)),
        cvr: Set(organisation.cvr.clone()),
        registered_facts: Set(organisation.registered_facts.clone()),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting("organisation"))?;
    Ok(())
}

/// An organisation.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: OrganisationId) -> Result<Option<Organisation>> {
    Ok(Entity::find_by_id(id.0).one(tx.db()).await?.map(Organisation::from))
}

/// The organisation with a CVR number.
///
/// # Errors
/// The database failed.
pub async fn find_by_cvr(tx: &Tx, cvr: &str) -> Result<Option<Organisation>> {
    let row = Entity::find().filter(Column::Cvr.eq(cvr)).one(tx.db()).await?;
    Ok(row.map(Organisation::from))
}

/// Several organisations, in no order.
///
/// # Errors
/// The database failed.
pub async fn find_many(tx: &Tx, ids: impl IntoIterator<Item = OrganisationId>) -> Result<Vec<Organisation>> {
    let ids = ids.into_iter().map(|id| id.0);
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(tx.db()).await?;
    Ok(rows.into_iter().map(Organisation::from).collect())
}

impl From<Model> for Organisation {
    fn from(row: Model) -> Self {
        Self {
            id: OrganisationId(row.id),
            name: row.name,
            cvr: row.cvr,
            registered_facts: row.registered_facts,
        }
    }
}
