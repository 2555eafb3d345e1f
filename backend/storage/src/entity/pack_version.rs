//! Rows of `pack_version`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pack_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub pack: String,
    pub draft: bool,
    pub content_sha256: String,
    #[sea_orm(column_type = "Text")]
    pub files: String,
    pub received_at: DateTime<Utc>,
    pub person_id: Option<Uuid>,
    pub person_name: String,
    pub in_force_from: Option<DateTime<Utc>>,
    pub change_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
