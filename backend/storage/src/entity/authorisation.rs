//! Rows of `authorisation`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Related, RelationDef,
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "authorisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub holder_id: Uuid,
    pub functions: String,
    pub reach: String,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub valid_from: DateTime<Utc>,
    pub valid_until: Option<DateTime<Utc>>,
    pub temporary: Option<String>,
    pub basis: String,
    pub provider: Option<String>,
    pub change_id: Option<Uuid>,
    pub state: String,
    pub granted_at: DateTime<Utc>,
    pub step_person_id: Option<Uuid>,
    pub step_name: Option<String>,
    pub step_at: Option<DateTime<Utc>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub step_reason: Option<String>,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Entity::belongs_to(super::person::Entity).from(Column::HolderId).to(super::person::Column::Id).into()
    }
}

impl ActiveModelBehavior for ActiveModel {}
