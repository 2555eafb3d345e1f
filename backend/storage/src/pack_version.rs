//! Versions of the rule pack. Their files never change; when they are in force is set once.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;
use varsel_domain::pack::PackVersion;
use varsel_domain::{ChangeId, PersonId};

use crate::entity::pack_version::{ActiveModel, Column, Entity};
use crate::{Result, Tx};

/// A row without its files: they are large, and seldom asked for.
#[derive(Debug, FromQueryResult)]
struct Head {
    version: String,
    pack: String,
    draft: bool,
    content_sha256: String,
    received_at: DateTime<Utc>,
    person_id: Option<Uuid>,
    person_name: String,
    in_force_from: Option<DateTime<Utc>>,
    change_id: Option<Uuid>,
}

const HEAD: [Column; 9] = [
    Column::Version,
    Column::Pack,
    Column::Draft,
    Column::ContentSha256,
    Column::ReceivedAt,
    Column::PersonId,
    Column::PersonName,
    Column::InForceFrom,
    Column::ChangeId,
];

/// Adds a version with its files. False when there is one of that name: then nothing changes.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, version: &PackVersion, files: &str) -> Result<bool> {
    let row = ActiveModel {
        version: Set(version.version.clone()),
        pack: Set(version.pack.clone()),
        draft: Set(version.draft),
        content_sha256: Set(version.content_sha256.clone()),
        files: Set(files.to_owned()),
        received_at: Set(version.received_at),
        person_id: Set(version.received_by.map(|person| person.0)),
        person_name: Set(version.received_by_name.clone()),
        in_force_from: Set(version.in_force_from),
        change_id: Set(version.change.map(|change| change.0)),
    };
    let once = OnConflict::column(Column::Version).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await? == 1)
}

/// A version.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, version: &str) -> Result<Option<PackVersion>> {
    let found = heads().filter(Column::Version.eq(version)).into_model::<Head>().one(tx.db()).await?;
    Ok(found.map(PackVersion::from))
}

/// Every version, the one received last first.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx) -> Result<Vec<PackVersion>> {
    let ordered = heads().order_by_desc(Column::ReceivedAt).order_by_desc(Column::Version);
    Ok(ordered.into_model::<Head>().all(tx.db()).await?.into_iter().map(PackVersion::from).collect())
}

/// As [`list`], and nobody else publishes a version until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx) -> Result<Vec<PackVersion>> {
    let published = Entity::find().select_only().column(Column::Version);
    let published = published.filter(Column::InForceFrom.is_not_null()).order_by_asc(Column::Version);
    let _: Vec<String> = published.lock_exclusive().into_tuple().all(tx.db()).await?;
    // Read after the lock was got: whoever held it may have published.
    list(tx).await
}

/// The files of a version in the JSON form in which they were hashed.
///
/// # Errors
/// The database failed.
pub async fn files(tx: &Tx, version: &str) -> Result<Option<String>> {
    let files = Entity::find_by_id(version).select_only().column(Column::Files);
    Ok(files.into_tuple().one(tx.db()).await?)
}

/// Sets from when a version is in force. False when that was set before, or there is no such version.
///
/// # Errors
/// The database failed.
pub async fn publish(
    tx: &Tx,
    version: &str,
    in_force_from: DateTime<Utc>,
    change: Option<ChangeId>,
) -> Result<bool> {
    let row = ActiveModel {
        in_force_from: Set(Some(in_force_from)),
        change_id: Set(change.map(|change| change.0)),
        ..ActiveModel::default()
    };
    let published = Entity::update_many()
        .set(row)
        .filter(Column::Version.eq(version))
        .filter(Column::InForceFrom.is_null())
        .exec(tx.db())
        .await?;
    Ok(published.rows_affected == 1)
}

/// Puts other files in the place of a version's own: for the demo, where the law is being written.
///
/// # Errors
/// The database failed.
pub async fn replace(tx: &Tx, version: &PackVersion, files: &str) -> Result<()> {
    let row = ActiveModel {
        pack: Set(version.pack.clone()),
        draft: Set(version.draft),
        content_sha256: Set(version.content_sha256.clone()),
        files: Set(files.to_owned()),
        ..ActiveModel::default()
    };
    Entity::update_many().set(row).filter(Column::Version.eq(&version.version)).exec(tx.db()).await?;
    Ok(())
}

fn heads() -> sea_orm::Select<Entity> {
    Entity::find().select_only().columns(HEAD)
}

impl From<Head> for PackVersion {
    fn from(row: Head) -> Self {
        Self {
            version: row.version,
            pack: row.pack,
            draft: row.draft,
            content_sha256: row.content_sha256,
            received_at: row.received_at,
            received_by: row.person_id.map(PersonId),
            received_by_name: row.person_name,
            in_force_from: row.in_force_from,
            change: row.change_id.map(ChangeId),
        }
    }
}
