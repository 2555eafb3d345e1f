//! Rows of `obligation`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait,
};
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "obligation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub incident_id: Uuid,
    pub position: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub regime: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: String,
    pub recipients: Value,
    pub provisional: bool,
    pub status: String,
    pub target_at: Option<DateTime<Utc>>,
    pub target_offset_seconds: Option<i32>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_offset_seconds: Option<i32>,
    pub cite: String,
    pub filed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
