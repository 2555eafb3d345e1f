//! Rows of `attempt_block`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subject: String,
    pub cause: String,
    pub began_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub times: i64,
    pub owner_id: Option<Uuid>,
    pub lifted_at: Option<DateTime<Utc>>,
    pub lifted_by: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closer_id: Option<Uuid>,
    pub closer_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub closing_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
