//! Rows of `access_entry`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub person_id: Option<Uuid>,
    pub incident_id: Option<Uuid>,
    pub use_kind: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Blob")]
    pub salt: Vec<u8>,
    pub position: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
