//! Critical settings as they were adopted: by the first start, and after that by two.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use serde_json::json;
use varsel_domain::ChangeId;
use varsel_domain::settings::{Area, Values};

use crate::entity::adopted_settings::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Tx};

/// The settings of an area that hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// Which.
    pub area: Area,
    /// What they are.
    pub settings: Values,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// The critical change by which two people decided it; none where the first start found them.
    pub change: Option<ChangeId>,
}

/// All of them, by area; none before the first start.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn list(tx: &Tx) -> Result<Vec<Adopted>> {
    let rows = Entity::find().order_by_asc(Column::Area).all(tx.db()).await?;
    rows.into_iter().map(Adopted::try_from).collect()
}

/// As [`list`], and nobody else changes one of them until the transaction ends.
///
/// # Errors
/// As [`list`].
pub async fn lock(tx: &Tx) -> Result<Vec<Adopted>> {
    let areas = Entity::find().select_only().column(Column::Area).order_by_asc(Column::Area);
    let _: Vec<String> = areas.lock_exclusive().into_tuple().all(tx.db()).await?;
    // Read after the lock was got: whoever held it may have changed one.
    list(tx).await
}

/// Adopts settings, in the place of those before.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &Tx, adopted: &Adopted) -> Result<()> {
    let row = ActiveModel {
        area: Set(adopted.area.word().to_owned()),
        settings: Set(json!(adopted.settings).to_string()),
        since: Set(adopted.since),
        change_id: Set(adopted.change.map(|change| change.0)),
    };
    let mut anew = OnConflict::column(Column::Area);
    anew.update_columns([Column::Settings, Column::Since, Column::ChangeId]);
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx.db()).await?;
    Ok(())
}

impl TryFrom<Model> for Adopted {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let Model { area, settings, since, change_id } = model;
        let unreadable = |problem: &str| Error::UnreadableRow {
            table: "adopted_settings",
            id: area.clone(),
            problem: problem.to_owned(),
        };
        Ok(Self {
            area: Area::from_word(&area).ok_or_else(|| unreadable("no such area"))?,
            settings: serde_json::from_str(&settings).map_err(|error| unreadable(&error.to_string()))?,
            since,
            change: change_id.map(ChangeId),
        })
    }
}
