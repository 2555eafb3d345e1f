//! Rows of `review_item`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub review_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub authorisation_id: Uuid,
    pub holder_id: Uuid,
    pub holder_name: String,
    pub functions: String,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub last_used_at: Option<DateTime<Utc>>,
    pub uses: i64,
    pub unused: bool,
    pub verdict: Option<String>,
    pub decider_id: Option<Uuid>,
    pub decider_name: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub used: Option<Value>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
